//! From a file to the bytes of its debug sections: mapped, decompressed, and relocated where the linker has not done it yet.

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

use gimli::{EndianSlice, RunTimeEndian, SectionId};
use memmap2::Mmap;
use object::read::archive::ArchiveFile;
use object::{Object, ObjectKind, ObjectSection, ObjectSymbol, RelocationKind, RelocationTarget};
use typed_arena::Arena;

use crate::Error;

pub(crate) type Bytes<'a> = EndianSlice<'a, RunTimeEndian>;
pub(crate) type Dwarf<'a> = gimli::Dwarf<Bytes<'a>>;
pub(crate) type Unit<'a> = gimli::Unit<Bytes<'a>>;

/// More than zlib or zstd reach on debug info: a section that claims more is not believed, so that a broken header cannot
/// ask for all the memory there is.
const MOST_EXPANSION: u64 = 2048;

/// Keeps the mapped files and the decompressed sections alive for as long as anything is read from them.
#[derive(Default)]
pub(crate) struct Store {
    maps: Arena<Mmap>,
    sections: Arena<Vec<u8>>,
}

impl Store {
    pub(crate) fn map(&self, path: &Path) -> Result<&[u8], Error> {
        let unreadable = |reason: String| Error::Unreadable { path: path.to_owned(), reason };
        let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
        let metadata = file.metadata().map_err(|error| unreadable(error.to_string()))?;
        if !metadata.is_file() {
            return Err(unreadable("it is not a file".into()));
        }
        if metadata.len() == 0 {
            return Err(unreadable("it is empty".into()));
        }
        // SAFETY: the map is only read. That nobody shortens the file meanwhile is left to the user, as with every tool that
        // maps what a build wrote; the reader itself never writes it.
        let map = unsafe { Mmap::map(&file) }.map_err(|error| unreadable(error.to_string()))?;
        Ok(self.maps.alloc(map))
    }

    /// The objects in a file: one, or the members of an archive that have debug info.
    pub(crate) fn objects<'a>(&'a self, path: &Path, data: &'a [u8]) -> Result<Vec<object::File<'a>>, Error> {
        let unreadable = |reason: String| Error::Unreadable { path: path.to_owned(), reason };
        if !data.starts_with(b"!<arch>\n") {
            return match object::File::parse(data) {
                Ok(file) => Ok(vec![file]),
                Err(error) => Err(unreadable(format!("it is no executable, object or library ({error})"))),
            };
        }
        let archive = ArchiveFile::parse(data).map_err(|error| unreadable(error.to_string()))?;
        let mut objects = Vec::new();
        for member in archive.members() {
            let member = member.map_err(|error| unreadable(error.to_string()))?;
            let data = member.data(data).map_err(|error| unreadable(error.to_string()))?;
            // An rlib also holds the crate's metadata, which is no object.
            if let Ok(file) = object::File::parse(data)
                && file.section_by_name(".debug_info").is_some()
            {
                objects.push(file);
            }
        }
        Ok(objects)
    }

    pub(crate) fn dwarf<'a>(&'a self, file: &object::File<'a>) -> Result<Dwarf<'a>, String> {
        gimli::Dwarf::load(|id| self.section(file, id.name()))
    }

    /// A section of a file of split debug info, where names end in `.dwo`.
    pub(crate) fn dwo_section<'a>(&'a self, file: &object::File<'a>, id: SectionId) -> Result<Bytes<'a>, String> {
        match id.dwo_name() {
            Some(name) => self.section(file, name),
            None => Ok(EndianSlice::new(&[], endian(file))),
        }
    }

    fn section<'a>(&'a self, file: &object::File<'a>, name: &str) -> Result<Bytes<'a>, String> {
        let endian = endian(file);
        let Some(section) = file.section_by_name(name) else { return Ok(EndianSlice::new(&[], endian)) };
        let failed = |error: object::Error| format!("section `{name}`: {error}");
        let compressed = section.compressed_data().map_err(failed)?;
        let given = compressed.data.len() as u64;
        if compressed.uncompressed_size > given.saturating_mul(MOST_EXPANSION) {
            return Err(format!("section `{name}` claims to expand to {} bytes", compressed.uncompressed_size));
        }
        let mut data = compressed.decompress().map_err(failed)?;
        if file.kind() == ObjectKind::Relocatable {
            relocate(file, &section, &mut data);
        }
        let data: &[u8] = match data {
            Cow::Borrowed(data) => data,
            Cow::Owned(data) => self.sections.alloc(data),
        };
        Ok(EndianSlice::new(data, endian))
    }
}

fn endian(file: &object::File<'_>) -> RunTimeEndian {
    if file.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big }
}

/// Does what the linker would do to a debug section of an object. Only absolute values matter: they are the offsets into
/// other debug sections. The rest are addresses, of which nothing is read.
fn relocate<'a>(file: &object::File<'a>, section: &object::Section<'a, '_>, data: &mut Cow<'a, [u8]>) {
    let mut relocations = section.relocations().peekable();
    if relocations.peek().is_none() {
        return;
    }
    let data = data.to_mut();
    let little = file.is_little_endian();
    for (offset, relocation) in relocations {
        if relocation.kind() != RelocationKind::Absolute {
            continue;
        }
        let target = match relocation.target() {
            RelocationTarget::Symbol(index) => match file.symbol_by_index(index) {
                Ok(symbol) => symbol.address(),
                Err(_) => continue,
            },
            RelocationTarget::Section(_) | RelocationTarget::Absolute => 0,
            _ => continue,
        };
        let width = usize::from(relocation.size() / 8);
        let Some(place) = usize::try_from(offset)
            .ok()
            .and_then(|start| Some(start..start.checked_add(width)?))
            .and_then(|range| data.get_mut(range))
        else {
            continue;
        };
        let mut value = target.wrapping_add_signed(relocation.addend());
        if relocation.has_implicit_addend() {
            value = value.wrapping_add(read(place, little));
        }
        write(place, value, little);
    }
}

fn read(place: &[u8], little: bool) -> u64 {
    let add = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
    if little { place.iter().rev().fold(0, add) } else { place.iter().fold(0, add) }
}

fn write(place: &mut [u8], value: u64, little: bool) {
    let width = place.len();
    for (index, byte) in place.iter_mut().enumerate() {
        let shift = 8 * if little { index } else { width - 1 - index };
        *byte = value.checked_shr(shift as u32).unwrap_or(0) as u8;
    }
}
