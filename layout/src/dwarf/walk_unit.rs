//! Goes through the entries of a unit once, and notes where coroutines and the functions that poll them are described. What
//! several units describe is then read from one of them only.

use gimli::{
    Attribute, AttributeValue, DW_AT_byte_size, DW_AT_high_pc, DW_AT_linkage_name, DW_AT_name, DW_AT_ranges,
    DW_TAG_member, DW_TAG_namespace, DW_TAG_structure_type, DW_TAG_subprogram, DW_TAG_variant, DebugStrOffset,
};

use super::abbreviations::{EntryShape, number};
use super::coroutine_names::{CoroutineName, NameOffsets};
use super::namespaces::Namespaces;
use super::object_file::Bytes;
use super::raw::{FoundCoroutine, FoundPollFunction};
use super::unit_reader::{UnitReader, line, number as number_of, value};
use crate::gaps::Gaps;

/// What one unit describes.
#[derive(Default)]
pub(crate) struct UnitWalk<'a> {
    pub(crate) coroutines: Vec<FoundCoroutine<'a>>,
    pub(crate) poll_functions: Vec<FoundPollFunction<'a>>,
    pub(crate) namespaces: Namespaces<'a>,
    pub(crate) gaps: Gaps,
}

pub(crate) fn walk<'a>(reader: &UnitReader<'_, 'a>, names: &NameOffsets) -> UnitWalk<'a> {
    let mut walk = UnitWalk::default();
    if let Err(error) = entries(reader, Some(names), &mut walk) {
        walk.gaps.add(&format!("unit that cannot be read to its end: {error}"), "");
    }
    walk
}

/// Only the namespaces, of a unit into which a type of another leads.
pub(crate) fn namespaces<'a>(reader: &UnitReader<'_, 'a>) -> Namespaces<'a> {
    let mut walk = UnitWalk::default();
    // What cannot be read has no namespaces; the walk over all units has reported it.
    let _ = entries(reader, None, &mut walk);
    walk.namespaces
}

fn entries<'a>(reader: &UnitReader<'_, 'a>, names: Option<&NameOffsets>, walk: &mut UnitWalk<'a>) -> gimli::Result<()> {
    let shapes = reader.shapes();
    let (entries, first) = reader.bytes()?;
    let mut rest = entries;
    let mut depth = 0isize;
    // The namespaces that are open: their depth, and their index.
    let mut open: Vec<(isize, u32)> = Vec::new();
    while !rest.is_empty() {
        let offset = first + entries.len() - rest.len();
        let (code, attributes) = number(rest).ok_or(gimli::Error::BadUnsignedLeb128)?;
        if code == 0 {
            depth -= 1;
            rest = attributes;
            continue;
        }
        let shape = shapes.get(code).ok_or(gimli::Error::InvalidAbbreviationCode(code))?;
        rest = shape.pass(attributes).ok_or(gimli::Error::UnexpectedEof(gimli::ReaderOffsetId(0)))?;
        let own_depth = depth;
        depth += isize::from(shape.has_children);
        while let Some((deeper, index)) = open.last().copied()
            && deeper >= own_depth
        {
            walk.namespaces.close(index, offset);
            open.pop();
        }
        if shape.tag == DW_TAG_namespace {
            if shape.has_children {
                let parent = open.last().map(|(_, index)| *index);
                let name = match quick_name(reader, shape, attributes) {
                    Some(name) => Some(name),
                    None => value(&reader.attributes(offset)?, DW_AT_name),
                };
                open.push((own_depth, walk.namespaces.open(offset, parent, name)));
            }
            continue;
        }
        let Some(names) = names.filter(|_| shape.tag == DW_TAG_structure_type || shape.tag == DW_TAG_subprogram) else {
            continue;
        };
        // Nearly all have another name, which is told without reading the attributes.
        if let Some(AttributeValue::DebugStrRef(name)) = quick_name(reader, shape, attributes)
            && !names.contains(name.0)
        {
            continue;
        }
        let attributes = reader.attributes(offset)?;
        if let Some((name, text)) = value(&attributes, DW_AT_name).and_then(|name| coroutine_name(reader, names, name))
        {
            note(reader, walk, offset, shape, name, text, &attributes)?;
        }
    }
    Ok(())
}

/// A name that stands in `.debug_str` and at a fixed place of the entry, as nearly all names of linked programs do.
#[inline]
fn quick_name<'a>(
    reader: &UnitReader<'_, 'a>,
    shape: &EntryShape,
    attributes: &[u8],
) -> Option<AttributeValue<Bytes<'a>>> {
    let bytes = attributes.get(usize::from(shape.name_at?)..)?;
    Some(AttributeValue::DebugStrRef(DebugStrOffset(reader.word(bytes)?)))
}

fn note<'a>(
    reader: &UnitReader<'_, 'a>,
    walk: &mut UnitWalk<'a>,
    offset: usize,
    shape: &EntryShape,
    name: CoroutineName<'a>,
    text: &'a str,
    attributes: &[Attribute<Bytes<'a>>],
) -> gimli::Result<()> {
    let namespaces = walk.namespaces.around(offset, reader);
    let (unit, offset) = (reader.unit_index, reader.start + offset);
    if name.is_type && shape.tag == DW_TAG_structure_type && shape.has_children {
        let size = number_of(attributes, DW_AT_byte_size);
        let line = first_line(reader, offset)?;
        walk.coroutines.push(FoundCoroutine { unit, offset, namespaces, name: text, size, line });
    } else if !name.is_type && shape.tag == DW_TAG_subprogram {
        let linkage_name = value(attributes, DW_AT_linkage_name).and_then(|name| reader.text(name));
        let (line, has_code) = (line(attributes), has_code(attributes));
        walk.poll_functions.push(FoundPollFunction {
            unit,
            offset,
            namespaces,
            name: text,
            linkage_name,
            line,
            has_code,
        });
    }
    Ok(())
}

/// The description of an inlined function has no addresses, and its variables have no places.
fn has_code(attributes: &[Attribute<Bytes<'_>>]) -> bool {
    attributes.iter().any(|attribute| attribute.name() == DW_AT_high_pc || attribute.name() == DW_AT_ranges)
}

/// The name, if it is one of a coroutine; most names are told apart by their place alone.
fn coroutine_name<'a>(
    reader: &UnitReader<'_, 'a>,
    names: &NameOffsets,
    value: AttributeValue<Bytes<'a>>,
) -> Option<(CoroutineName<'a>, &'a str)> {
    if let AttributeValue::DebugStrRef(offset) = &value
        && !names.contains(offset.0)
    {
        return None;
    }
    let text = reader.text(value)?;
    Some((CoroutineName::parse(text)?, text))
}

/// The line of the first variant of a coroutine, on which its body begins.
fn first_line(reader: &UnitReader<'_, '_>, offset: usize) -> gimli::Result<Option<u32>> {
    let mut raw = reader.entries_from(offset)?;
    let mut in_variant = false;
    let mut attributes = Vec::new();
    let mut depth = 0;
    while !raw.is_empty() && depth >= 0 {
        let Some(abbreviation) = raw.read_abbreviation()? else { continue };
        if in_variant && abbreviation.tag() == DW_TAG_member {
            raw.read_attributes(abbreviation.attributes(), &mut attributes)?;
            return Ok(line(&attributes));
        }
        in_variant = abbreviation.tag() == DW_TAG_variant;
        raw.skip_attributes(abbreviation.attributes())?;
        depth = raw.next_depth() - 1;
    }
    Ok(None)
}
