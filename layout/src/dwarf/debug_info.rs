//! All the debug info of a program: of the file itself, and of the files into which it was split.

use std::path::{Path, PathBuf};

use gimli::{DebugInfoOffset, UnitHeader};
use object::Object;

use super::object_file::{Bytes, Dwarf, Store, Unit};
use crate::Error;
use crate::gaps::Gaps;

pub(crate) struct DebugInfo<'a> {
    pub(crate) dwarfs: Vec<Dwarf<'a>>,
    /// In the order of (`dwarf`, offset).
    pub(crate) units: Vec<UnitEntry<'a>>,
    /// Bytes of `.debug_info` in all of the files.
    pub(crate) total: u64,
    pub(crate) pointer_size: u8,
}

pub(crate) struct UnitEntry<'a> {
    pub(crate) dwarf: u32,
    pub(crate) header: UnitHeader<Bytes<'a>>,
    /// Offset of the header in its section, and of what follows the unit.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The index of the unit in the main file that has the table of its files, for a unit that was split off.
    pub(crate) skeleton: Option<usize>,
}

impl UnitEntry<'_> {
    /// Whether names stand in the entries as offsets into `.debug_str`, and not as numbers in an index.
    pub(crate) fn has_plain_strings(&self) -> bool {
        self.header.version() < 5 && self.skeleton.is_none()
    }
}

impl<'a> DebugInfo<'a> {
    /// The debug info of the file itself. `path` is named in errors.
    pub(crate) fn open(path: &Path, data: &'a [u8], store: &'a Store, gaps: &mut Gaps) -> Result<Self, Error> {
        let unreadable = |reason: String| Error::Unreadable { path: path.to_owned(), reason };
        let objects = store.objects(path, data)?;
        let mut info = DebugInfo { dwarfs: Vec::new(), units: Vec::new(), total: 0, pointer_size: 8 };
        for object in &objects {
            info.pointer_size = if object.is_64() { 8 } else { 4 };
            let dwarf = store.dwarf(object).map_err(unreadable)?;
            info.add(dwarf, None, gaps);
        }
        if info.units.is_empty() {
            return Err(Error::NoDebugInfo { path: path.to_owned(), help: missing(&objects) });
        }
        Ok(info)
    }

    /// Adds the units of one file; `skeleton` is given for what was split off from that unit.
    pub(crate) fn add(&mut self, dwarf: Dwarf<'a>, skeleton: Option<usize>, gaps: &mut Gaps) {
        let index = self.dwarfs.len() as u32;
        let mut headers = dwarf.units();
        loop {
            match headers.next() {
                Ok(Some(header)) => {
                    let Some(start) = header.debug_info_offset().map(|DebugInfoOffset(start)| start) else { continue };
                    let end = start + header.length_including_self();
                    self.total += header.length_including_self() as u64;
                    self.units.push(UnitEntry { dwarf: index, header, start, end, skeleton });
                }
                Ok(None) => break,
                Err(error) => {
                    gaps.add(&format!("broken unit header: {error}"), "");
                    break;
                }
            }
        }
        self.dwarfs.push(dwarf);
    }

    /// The index of the unit that contains an offset.
    pub(crate) fn unit_at(&self, dwarf: u32, offset: usize) -> Option<usize> {
        let after = self.units.partition_point(|unit| (unit.dwarf, unit.start) <= (dwarf, offset));
        let index = after.checked_sub(1)?;
        let unit = &self.units[index];
        (unit.dwarf == dwarf && offset < unit.end).then_some(index)
    }

    /// The unit with that index, ready to be read.
    pub(crate) fn parse(&self, index: usize) -> Result<Unit<'a>, gimli::Error> {
        let entry = &self.units[index];
        let dwarf = &self.dwarfs[entry.dwarf as usize];
        let mut unit = dwarf.unit(entry.header)?;
        if let Some(skeleton) = entry.skeleton
            && let Ok(skeleton) = self.parse(skeleton)
        {
            unit.copy_relocated_attributes(&skeleton);
        }
        Ok(unit)
    }

    /// The paths of the files in the line table of a unit, relative ones joined with the folder of the compilation.
    pub(crate) fn files(&self, index: usize) -> Option<FileTable<'_, 'a>> {
        let table = self.units[index].skeleton.unwrap_or(index);
        let dwarf = &self.dwarfs[self.units[table].dwarf as usize];
        Some(FileTable { dwarf, unit: self.parse(table).ok()? })
    }
}

pub(crate) struct FileTable<'i, 'a> {
    dwarf: &'i Dwarf<'a>,
    unit: Unit<'a>,
}

impl FileTable<'_, '_> {
    pub(crate) fn path(&self, file: u64) -> Option<PathBuf> {
        let header = self.unit.line_program.as_ref()?.header();
        let file = header.file(file)?;
        let text =
            |value| self.dwarf.attr_string(&self.unit, value).ok().map(|text| text.to_string_lossy().into_owned());
        let mut path = PathBuf::new();
        if let Some(folder) = self.unit.comp_dir {
            path.push(folder.to_string_lossy().as_ref());
        }
        if let Some(folder) = file.directory(header).and_then(text) {
            path.push(folder);
        }
        path.push(text(file.path_name())?);
        Some(path)
    }
}

/// What to say of a file without any debug info.
fn missing(objects: &[object::File<'_>]) -> String {
    let stripped = objects.iter().all(|object| object.symbols().next().is_none());
    let setting = "set `debug = 2` in the profile (or `CARGO_PROFILE_DEV_DEBUG=2`, `CARGO_PROFILE_RELEASE_DEBUG=2`)";
    if stripped { format!("it is stripped: {setting}, and `strip = false`") } else { setting.to_owned() }
}
