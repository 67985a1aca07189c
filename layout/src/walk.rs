//! Goes through the entries of a unit once, and keeps what is said of coroutines and of the functions that poll them.

use std::sync::Arc;

use gimli::{
    Abbreviation, Abbreviations, Attribute, AttributeValue, DW_AT_decl_file, DW_AT_linkage_name, DW_AT_name,
    DW_TAG_lexical_block, DW_TAG_namespace, DW_TAG_structure_type, DW_TAG_subprogram, DW_TAG_variable, EntriesRaw,
    EntriesTree, UnitHeader,
};

use crate::coroutine_names::{CoroutineName, NameOffsets};
use crate::debug_info::{DebugInfo, Unit};
use crate::gaps::Gaps;
use crate::object_file::Bytes;
use crate::raw::{EntryRef, RawCoroutine, RawPollFunction, RawVariable};
use crate::walk_coroutine;

/// What one unit says.
#[derive(Default)]
pub(crate) struct UnitWalk<'a> {
    pub(crate) coroutines: Vec<RawCoroutine<'a>>,
    pub(crate) poll_functions: Vec<RawPollFunction<'a>>,
    pub(crate) namespaces: Namespaces<'a>,
    pub(crate) gaps: Gaps,
}

/// Where each namespace of a unit begins and ends, so that the path of any entry can be told afterwards: an entry knows its
/// children and not its parent.
#[derive(Default)]
pub(crate) struct Namespaces<'a> {
    /// In the order of `start`.
    list: Vec<Namespace<'a>>,
}

struct Namespace<'a> {
    start: usize,
    end: usize,
    parent: Option<u32>,
    /// Looked up only when something in it is of interest: most are not.
    name: Option<AttributeValue<Bytes<'a>>>,
}

impl<'a> Namespaces<'a> {
    /// The namespaces around an entry, from the crate inwards.
    pub(crate) fn around(&self, offset: usize, reader: &UnitReader<'_, 'a>) -> Vec<&'a str> {
        let mut index = self.list.partition_point(|namespace| namespace.start <= offset).checked_sub(1);
        let mut path = Vec::new();
        while let Some(namespace) = index.and_then(|index| self.list.get(index)) {
            if offset < namespace.end {
                path.push(namespace.name(reader));
            }
            index = namespace.parent.map(|parent| parent as usize);
        }
        path.reverse();
        path
    }
}

impl<'a> Namespace<'a> {
    fn name(&self, reader: &UnitReader<'_, 'a>) -> &'a str {
        self.name.and_then(|name| reader.text(name)).unwrap_or("?")
    }
}

/// Reads attributes of one unit.
pub(crate) struct UnitReader<'i, 'a> {
    pub(crate) info: &'i DebugInfo<'a>,
    pub(crate) names: Option<&'i NameOffsets>,
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
    pub(crate) fn new(
        info: &'i DebugInfo<'a>,
        unit_index: usize,
        names: Option<&'i NameOffsets>,
    ) -> gimli::Result<Self> {
        let entry = &info.units[unit_index];
        let abbreviations = info.dwarfs[entry.dwarf as usize].abbreviations(&entry.header)?;
        let unit = if entry.has_plain_strings() { None } else { Some(info.parse(unit_index)?) };
        let (dwarf, start, header) = (entry.dwarf, entry.start, entry.header);
        Ok(UnitReader { info, names, unit_index, dwarf, start, header, abbreviations, unit })
    }

    /// The entries from an offset in the section on.
    pub(crate) fn entries(&self, offset: Option<usize>) -> gimli::Result<EntriesRaw<'_, Bytes<'a>>> {
        let offset = offset.map(|offset| gimli::UnitOffset(offset.saturating_sub(self.start)));
        self.header.entries_raw(&self.abbreviations, offset)
    }

    pub(crate) fn tree(&self, offset: usize) -> gimli::Result<EntriesTree<'_, Bytes<'a>>> {
        self.header.entries_tree(&self.abbreviations, Some(gimli::UnitOffset(offset.saturating_sub(self.start))))
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

    pub(crate) fn entry(&self, value: AttributeValue<Bytes<'a>>) -> Option<EntryRef> {
        let offset = match value {
            AttributeValue::UnitRef(offset) => self.start + offset.0,
            AttributeValue::DebugInfoRef(offset) => offset.0,
            _ => return None,
        };
        Some(EntryRef { dwarf: self.dwarf, offset })
    }

    pub(crate) fn here(&self, offset: gimli::UnitOffset) -> EntryRef {
        EntryRef { dwarf: self.dwarf, offset: self.start + offset.0 }
    }

    /// The name that an attribute gives, if it is one of a coroutine; most names are told apart by their place alone.
    fn coroutine_name(&self, value: AttributeValue<Bytes<'a>>) -> Option<&'a str> {
        if let (AttributeValue::DebugStrRef(offset), Some(names)) = (&value, self.names)
            && !names.contains(offset.0)
        {
            return None;
        }
        let name = self.text(value)?;
        CoroutineName::parse(name).map(|_| name)
    }
}

type Attributes<'a> = Vec<Attribute<Bytes<'a>>>;

pub(crate) fn walk<'a>(reader: &UnitReader<'_, 'a>) -> UnitWalk<'a> {
    let mut walk = UnitWalk::default();
    if let Err(error) = entries(reader, &mut walk) {
        walk.gaps.add(&format!("unit that cannot be read to its end: {error}"), "");
    }
    walk
}

fn entries<'a>(reader: &UnitReader<'_, 'a>, walk: &mut UnitWalk<'a>) -> gimli::Result<()> {
    let mut raw = reader.entries(None)?;
    let mut attributes = Vec::new();
    // The namespaces that are open: their depth, and their place in the list.
    let mut open: Vec<(isize, u32)> = Vec::new();
    while !raw.is_empty() {
        let offset = raw.next_offset();
        let depth = raw.next_depth();
        let Some(abbreviation) = raw.read_abbreviation()? else { continue };
        while let Some((deeper, index)) = open.last().copied()
            && deeper >= depth
        {
            walk.namespaces.list[index as usize].end = reader.here(offset).offset;
            open.pop();
        }
        let tag = abbreviation.tag();
        if tag != DW_TAG_namespace && tag != DW_TAG_structure_type && tag != DW_TAG_subprogram {
            raw.skip_attributes(abbreviation.attributes())?;
            continue;
        }
        match tag {
            DW_TAG_namespace => {
                let mut name = None;
                for specification in abbreviation.attributes() {
                    let attribute = raw.read_attribute_inline(*specification)?;
                    if attribute.name() == DW_AT_name {
                        name = Some(attribute.value());
                    }
                }
                if abbreviation.has_children() {
                    let parent = open.last().map(|(_, index)| *index);
                    let start = reader.here(offset).offset;
                    open.push((depth, walk.namespaces.list.len() as u32));
                    walk.namespaces.list.push(Namespace { start, end: usize::MAX, parent, name });
                }
            }
            DW_TAG_structure_type | DW_TAG_subprogram => {
                let name = leading_name(reader, &mut raw, abbreviation, &mut attributes)?;
                let Some(name) = name else { continue };
                let namespaces =
                    open.iter().map(|(_, index)| walk.namespaces.list[*index as usize].name(reader)).collect();
                let is_type = CoroutineName::parse(name).is_some_and(|name| name.is_type);
                if tag == DW_TAG_structure_type && is_type && abbreviation.has_children() {
                    let raw_coroutine = walk_coroutine::read(reader, &mut raw, depth, name, namespaces, &attributes)?;
                    walk.coroutines.push(raw_coroutine);
                } else if tag == DW_TAG_subprogram && !is_type {
                    let linkage_name = value(&attributes, DW_AT_linkage_name).and_then(|name| reader.text(name));
                    let (variables, scopes) = if abbreviation.has_children() {
                        variables(reader, &mut raw, depth)?
                    } else {
                        Default::default()
                    };
                    walk.poll_functions.push(RawPollFunction {
                        unit: reader.unit_index,
                        namespaces,
                        name,
                        linkage_name,
                        line: number(&attributes, gimli::DW_AT_decl_line).and_then(|line| u32::try_from(line).ok()),
                        variables,
                        scopes,
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads the attributes of an entry and tells whether it has a coroutine's name. Of other entries nothing is kept.
fn leading_name<'a>(
    reader: &UnitReader<'_, 'a>,
    raw: &mut EntriesRaw<'_, Bytes<'a>>,
    abbreviation: &Abbreviation,
    attributes: &mut Attributes<'a>,
) -> gimli::Result<Option<&'a str>> {
    let specifications = abbreviation.attributes();
    // Before the name of a function stand its addresses, so the name is not always the first.
    let Some(place) = specifications.iter().position(|specification| specification.name() == DW_AT_name) else {
        raw.skip_attributes(specifications)?;
        return Ok(None);
    };
    // Nearly always another name, and nothing has to be kept.
    let start = raw.clone();
    raw.skip_attributes(&specifications[..place])?;
    let name = reader.coroutine_name(raw.read_attribute_inline(specifications[place])?.value());
    if name.is_none() {
        raw.skip_attributes(&specifications[place + 1..])?;
        return Ok(None);
    }
    *raw = start;
    raw.read_attributes(specifications, attributes)?;
    Ok(name)
}

/// The variables of a function and their scopes, those of inlined functions left out.
fn variables<'a>(
    reader: &UnitReader<'_, 'a>,
    raw: &mut EntriesRaw<'_, Bytes<'a>>,
    function: isize,
) -> gimli::Result<(Vec<RawVariable<'a>>, Vec<u32>)> {
    let mut variables = Vec::new();
    let mut scopes = vec![0];
    // The scopes around the entry: depth and number. What is inside of an inlined function has none.
    let mut around: Vec<(isize, Option<u32>)> = vec![(function, Some(0))];
    let mut attributes = Vec::new();
    while !raw.is_empty() && raw.next_depth() > function {
        let depth = raw.next_depth();
        let Some(abbreviation) = raw.read_abbreviation()? else { continue };
        while around.len() > 1 && around.last().is_some_and(|(deeper, _)| *deeper >= depth) {
            around.pop();
        }
        let scope = around.last().and_then(|(_, scope)| *scope);
        let tag = abbreviation.tag();
        match scope {
            Some(scope) if tag == DW_TAG_variable => {
                raw.read_attributes(abbreviation.attributes(), &mut attributes)?;
                variables.extend(variable(reader, &attributes, scope));
            }
            _ => {
                raw.skip_attributes(abbreviation.attributes())?;
                if abbreviation.has_children() {
                    let inner = scope.filter(|_| tag == DW_TAG_lexical_block).map(|parent| {
                        scopes.push(parent);
                        scopes.len() as u32 - 1
                    });
                    around.push((depth, inner));
                }
            }
        }
    }
    Ok((variables, scopes))
}

fn variable<'a>(
    reader: &UnitReader<'_, 'a>,
    attributes: &[Attribute<Bytes<'a>>],
    scope: u32,
) -> Option<RawVariable<'a>> {
    Some(RawVariable {
        name: value(attributes, DW_AT_name).and_then(|name| reader.text(name))?,
        type_entry: value(attributes, gimli::DW_AT_type).and_then(|entry| reader.entry(entry)),
        align: number(attributes, gimli::DW_AT_alignment),
        line: number(attributes, gimli::DW_AT_decl_line).and_then(|line| u32::try_from(line).ok()),
        file: file(attributes),
        offset: place_in_coroutine(reader, attributes),
        scope,
    })
}

/// Without optimisation the location of a variable that is stored in the coroutine is: take the pointer to the coroutine from
/// the stack, follow it, and add the offset.
fn place_in_coroutine<'a>(reader: &UnitReader<'_, 'a>, attributes: &[Attribute<Bytes<'a>>]) -> Option<u64> {
    let AttributeValue::Exprloc(expression) = value(attributes, gimli::DW_AT_location)? else { return None };
    let mut operations = expression.operations(reader.encoding());
    let gimli::Operation::FrameOffset { .. } = operations.next().ok()?? else { return None };
    let gimli::Operation::Deref { .. } = operations.next().ok()?? else { return None };
    let mut offset = 0u64;
    while let Some(operation) = operations.next().ok()? {
        match operation {
            gimli::Operation::PlusConstant { value } => offset = offset.checked_add(value)?,
            // A reference that the coroutine captured: one more step leads out of the coroutine.
            _ => return None,
        }
    }
    Some(offset)
}

pub(crate) fn value<'a>(attributes: &[Attribute<Bytes<'a>>], name: gimli::DwAt) -> Option<AttributeValue<Bytes<'a>>> {
    attributes.iter().find(|attribute| attribute.name() == name).map(Attribute::value)
}

pub(crate) fn number(attributes: &[Attribute<Bytes<'_>>], name: gimli::DwAt) -> Option<u64> {
    attributes.iter().find(|attribute| attribute.name() == name)?.udata_value()
}

pub(crate) fn file(attributes: &[Attribute<Bytes<'_>>]) -> Option<u64> {
    match value(attributes, DW_AT_decl_file)? {
        AttributeValue::FileIndex(file) => Some(file),
        other => other.udata_value(),
    }
}
