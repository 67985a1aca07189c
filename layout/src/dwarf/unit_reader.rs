//! Reads entries and attributes of one unit.

use std::sync::Arc;

use gimli::{
    Abbreviations, Attribute, AttributeValue, DW_AT_decl_file, DwAt, Endianity, EntriesRaw, EntriesTree, Reader,
    UnitHeader, UnitOffset,
};

use super::abbreviations::EntryShapes;
use super::debug_info::DebugInfo;
use super::object_file::{Bytes, Unit};
use super::raw::EntryRef;

pub(crate) struct UnitReader<'i, 'a> {
    pub(crate) info: &'i DebugInfo<'a>,
    pub(crate) unit_index: usize,
    pub(crate) dwarf: u32,
    /// Where the unit begins in its section.
    pub(crate) start: usize,
    header: UnitHeader<Bytes<'a>>,
    abbreviations: Arc<Abbreviations>,
    /// Only where strings are found by an index: reading a unit whole takes longer than walking a small one.
    unit: Option<Unit<'a>>,
}

impl<'i, 'a> UnitReader<'i, 'a> {
    pub(crate) fn new(info: &'i DebugInfo<'a>, unit_index: usize) -> gimli::Result<Self> {
        let entry = &info.units[unit_index];
        let abbreviations = info.dwarfs[entry.dwarf as usize].abbreviations(&entry.header)?;
        let unit = if entry.has_plain_strings() { None } else { Some(info.parse(unit_index)?) };
        let (dwarf, start, header) = (entry.dwarf, entry.start, entry.header);
        Ok(UnitReader { info, unit_index, dwarf, start, header, abbreviations, unit })
    }

    /// The bytes of all entries, and where the first of them begins in the unit.
    pub(crate) fn bytes(&self) -> gimli::Result<(&'a [u8], usize)> {
        let start = self.header.entries_raw(&self.abbreviations, None)?.next_offset().0;
        let section = gimli::Section::reader(&self.info.dwarfs[self.dwarf as usize].debug_info).slice();
        let end = self.info.units[self.unit_index].end;
        Ok((section.get(self.start + start..end).unwrap_or_default(), start))
    }

    pub(crate) fn shapes(&self) -> EntryShapes {
        EntryShapes::new(&self.abbreviations, self.header.encoding())
    }

    /// The entries from an offset in the section on; the first one has depth 0.
    pub(crate) fn entries_from(&self, offset: usize) -> gimli::Result<EntriesRaw<'_, Bytes<'a>>> {
        self.header.entries_raw(&self.abbreviations, Some(self.in_unit(offset)))
    }

    /// The attributes of the entry at an offset in the unit.
    pub(crate) fn attributes(&self, offset: usize) -> gimli::Result<Vec<Attribute<Bytes<'a>>>> {
        let mut raw = self.header.entries_raw(&self.abbreviations, Some(UnitOffset(offset)))?;
        let mut attributes = Vec::new();
        if let Some(abbreviation) = raw.read_abbreviation()? {
            raw.read_attributes(abbreviation.attributes(), &mut attributes)?;
        }
        Ok(attributes)
    }

    /// An offset into another section, at the start of the bytes.
    #[inline]
    pub(crate) fn word(&self, bytes: &[u8]) -> Option<usize> {
        let endian = gimli::Section::reader(&self.info.dwarfs[self.dwarf as usize].debug_info).endian();
        match self.header.encoding().format {
            gimli::Format::Dwarf32 => Some(endian.read_u32(bytes.get(..4)?) as usize),
            gimli::Format::Dwarf64 => usize::try_from(endian.read_u64(bytes.get(..8)?)).ok(),
        }
    }

    pub(crate) fn tree(&self, offset: usize) -> gimli::Result<EntriesTree<'_, Bytes<'a>>> {
        self.header.entries_tree(&self.abbreviations, Some(self.in_unit(offset)))
    }

    fn in_unit(&self, offset: usize) -> UnitOffset {
        UnitOffset(offset.saturating_sub(self.start))
    }

    pub(crate) fn encoding(&self) -> gimli::Encoding {
        self.header.encoding()
    }

    pub(crate) fn text(&self, value: AttributeValue<Bytes<'a>>) -> Option<&'a str> {
        let dwarf = &self.info.dwarfs[self.dwarf as usize];
        let text = match (&self.unit, value) {
            (_, AttributeValue::String(text)) => text,
            (_, AttributeValue::DebugStrRef(offset)) => dwarf.string(offset).ok()?,
            (_, AttributeValue::DebugLineStrRef(offset)) => dwarf.line_string(offset).ok()?,
            (Some(unit), value) => dwarf.attr_string(unit, value).ok()?,
            (None, _) => return None,
        };
        std::str::from_utf8(text.slice()).ok()
    }

    /// The entry to which an attribute refers, of this unit or of another.
    pub(crate) fn entry(&self, value: AttributeValue<Bytes<'a>>) -> Option<EntryRef> {
        let offset = match value {
            AttributeValue::UnitRef(offset) => self.start + offset.0,
            AttributeValue::DebugInfoRef(offset) => offset.0,
            _ => return None,
        };
        Some(EntryRef { dwarf: self.dwarf, offset })
    }

    pub(crate) fn here(&self, offset: UnitOffset) -> EntryRef {
        EntryRef { dwarf: self.dwarf, offset: self.start + offset.0 }
    }
}

pub(crate) fn value<'a>(attributes: &[Attribute<Bytes<'a>>], name: DwAt) -> Option<AttributeValue<Bytes<'a>>> {
    attributes.iter().find(|attribute| attribute.name() == name).map(Attribute::value)
}

pub(crate) fn number(attributes: &[Attribute<Bytes<'_>>], name: DwAt) -> Option<u64> {
    attributes.iter().find(|attribute| attribute.name() == name)?.udata_value()
}

/// A line; 0 stands for none.
pub(crate) fn line(attributes: &[Attribute<Bytes<'_>>]) -> Option<u32> {
    number(attributes, gimli::DW_AT_decl_line).and_then(|line| u32::try_from(line).ok()).filter(|line| *line > 0)
}

pub(crate) fn file(attributes: &[Attribute<Bytes<'_>>]) -> Option<u64> {
    match value(attributes, DW_AT_decl_file)? {
        AttributeValue::FileIndex(file) => Some(file),
        other => other.udata_value(),
    }
}
