//! Debug info that the compiler wrote beside the program: one `.dwp` package, or a `.dwo` file for each unit.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use gimli::{DwoId, EndianSlice, RunTimeEndian};

use super::debug_info::DebugInfo;
use super::object_file::{Bytes, Dwarf, Store, Unit};
use crate::gaps::Gaps;

/// The debug info that belongs to one skeleton unit of the main file.
pub(crate) struct Part<'a> {
    pub(crate) dwarf: Dwarf<'a>,
    pub(crate) skeleton: usize,
}

const HELP: &str =
    "build with `split-debuginfo = \"off\"`, or keep the `.dwp` or `.dwo` files where the build wrote them";

pub(crate) fn find<'a>(path: &Path, store: &'a Store, info: &DebugInfo<'a>, gaps: &mut Gaps) -> Vec<Part<'a>> {
    let mut package = None;
    let mut parts = Vec::new();
    for (skeleton, entry) in info.units.iter().enumerate() {
        let parent = &info.dwarfs[entry.dwarf as usize];
        // What was split off refers to addresses by their number in this section.
        if gimli::Section::reader(&parent.debug_addr).slice().is_empty() {
            continue;
        }
        let Ok(unit) = info.parse(skeleton) else { continue };
        let Some(id) = unit.dwo_id else { continue };
        let package = package.get_or_insert_with(|| open_package(path, store, gaps));
        let found = match package.as_ref().and_then(|package| package.find_cu(id, parent).ok().flatten()) {
            Some(dwarf) => Some(dwarf),
            None => dwo_path(parent, &unit).and_then(|path| open_dwo(&path, id, store, parent)),
        };
        match found {
            Some(dwarf) => parts.push(Part { dwarf, skeleton }),
            None => gaps.add("unit whose split debug info was not found", HELP),
        }
    }
    parts
}

/// `app.dwp` beside `app`.
fn open_package<'a>(path: &Path, store: &'a Store, gaps: &mut Gaps) -> Option<gimli::DwarfPackage<Bytes<'a>>> {
    let mut name = OsString::from(path);
    name.push(".dwp");
    let path = PathBuf::from(name);
    if !path.exists() {
        return None;
    }
    let package = store.map(&path).map_err(|error| error.to_string()).and_then(|data| {
        let file = object::File::parse(data).map_err(|error| error.to_string())?;
        let section = |id| store.dwo_section(&file, id).map_err(PackageError);
        gimli::DwarfPackage::load(section, EndianSlice::new(&[], RunTimeEndian::Little)).map_err(|error| error.0)
    });
    package.map_err(|error| gaps.add(&format!("package of split debug info that cannot be read: {error}"), HELP)).ok()
}

struct PackageError(String);

impl From<gimli::Error> for PackageError {
    fn from(error: gimli::Error) -> Self {
        PackageError(error.to_string())
    }
}

fn dwo_path(parent: &Dwarf<'_>, unit: &Unit<'_>) -> Option<PathBuf> {
    let name = parent.attr_string(unit, unit.dwo_name().ok()??).ok()?;
    let folder = unit.comp_dir.map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
    Some(Path::new(&folder).join(name.to_string_lossy().as_ref()))
}

fn open_dwo<'a>(path: &Path, id: DwoId, store: &'a Store, parent: &Dwarf<'a>) -> Option<Dwarf<'a>> {
    let data = store.map(path).ok()?;
    let file = object::File::parse(data).ok()?;
    let mut dwarf = gimli::Dwarf::load(|section| store.dwo_section(&file, section)).ok()?;
    dwarf.make_dwo(parent);
    // A file of that name may be left from another build.
    let header = dwarf.units().next().ok().flatten()?;
    let unit = dwarf.unit(header).ok()?;
    (unit.dwo_id == Some(id)).then_some(dwarf)
}
