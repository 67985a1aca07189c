//! What is said of a type: its name with its full path, its size, and what is in it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use gimli::{
    AttributeValue, DW_AT_byte_size, DW_AT_count, DW_AT_name, DW_AT_type, DW_AT_upper_bound, DW_TAG_array_type,
    DW_TAG_member, DW_TAG_pointer_type, DW_TAG_structure_type, DW_TAG_subrange_type, DW_TAG_subroutine_type,
    DW_TAG_union_type, DW_TAG_variant, DW_TAG_variant_part,
};

use super::debug_info::DebugInfo;
use super::namespaces::Namespaces;
use super::raw::{EntryRef, qualified};
use super::unit_reader::UnitReader;
use super::walk_unit;

pub(crate) struct Types<'i, 'a> {
    info: &'i DebugInfo<'a>,
    units: RefCell<BTreeMap<usize, Rc<UnitReader<'i, 'a>>>>,
    namespaces: RefCell<BTreeMap<usize, Arc<Namespaces<'a>>>>,
    facts: RefCell<BTreeMap<EntryRef, Rc<TypeFacts>>>,
}

#[derive(Debug, Default)]
pub(crate) struct TypeFacts {
    /// With its full path.
    pub(crate) name: String,
    pub(crate) size: Option<u64>,
    pub(crate) shape: Shape,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    Pointer(Option<EntryRef>),
    /// A struct, a union, or an enum: the types of all that is in it, whichever variant it is.
    Fields(Vec<EntryRef>),
    Array(EntryRef),
    #[default]
    Other,
}

/// Arrays of arrays, and pointers to pointers, in a file that was made to be read for ever.
const DEEPEST: u32 = 32;

impl<'i, 'a> Types<'i, 'a> {
    /// `namespaces` are those of the units that were walked; others are read when a type leads there.
    pub(crate) fn new(info: &'i DebugInfo<'a>, namespaces: BTreeMap<usize, Arc<Namespaces<'a>>>) -> Self {
        Types { info, units: RefCell::default(), namespaces: RefCell::new(namespaces), facts: RefCell::default() }
    }

    pub(crate) fn facts(&self, entry: EntryRef) -> Rc<TypeFacts> {
        self.facts_at(entry, 0)
    }

    fn facts_at(&self, entry: EntryRef, depth: u32) -> Rc<TypeFacts> {
        if let Some(facts) = self.facts.borrow().get(&entry) {
            return facts.clone();
        }
        let facts =
            Rc::new(self.read(entry, depth).unwrap_or_else(|| TypeFacts { name: "?".into(), ..Default::default() }));
        self.facts.borrow_mut().insert(entry, facts.clone());
        facts
    }

    pub(crate) fn unit(&self, index: usize) -> Option<Rc<UnitReader<'i, 'a>>> {
        if let Some(unit) = self.units.borrow().get(&index) {
            return Some(unit.clone());
        }
        let unit = Rc::new(UnitReader::new(self.info, index).ok()?);
        self.units.borrow_mut().insert(index, unit.clone());
        Some(unit)
    }

    fn namespaces(&self, index: usize, reader: &UnitReader<'_, 'a>) -> Arc<Namespaces<'a>> {
        if let Some(namespaces) = self.namespaces.borrow().get(&index) {
            return namespaces.clone();
        }
        let namespaces = Arc::new(walk_unit::namespaces(reader));
        self.namespaces.borrow_mut().insert(index, namespaces.clone());
        namespaces
    }

    fn read(&self, entry: EntryRef, depth: u32) -> Option<TypeFacts> {
        if depth > DEEPEST {
            return None;
        }
        let index = self.info.unit_at(entry.dwarf, entry.offset)?;
        let reader = self.unit(index)?;
        let mut tree = reader.tree(entry.offset).ok()?;
        let root = tree.root().ok()?;
        let attribute = |name| root.entry().attr_value(name);
        let own_name = attribute(DW_AT_name).and_then(|name| reader.text(name));
        let tag = root.entry().tag();
        let target = attribute(DW_AT_type).and_then(|target| reader.entry(target));
        let mut size = attribute(DW_AT_byte_size).and_then(|size| size.udata_value());
        let (name, shape) = match tag {
            DW_TAG_pointer_type | DW_TAG_subroutine_type => {
                size = size.or(Some(u64::from(self.info.pointer_size)));
                // A raw pointer in std's own code may have none.
                let name = own_name.map_or_else(
                    || {
                        format!(
                            "*const {}",
                            target.map_or("?".into(), |target| self.facts_at(target, depth + 1).name.clone())
                        )
                    },
                    str::to_owned,
                );
                (name, Shape::Pointer(target))
            }
            DW_TAG_array_type => {
                let element = target?;
                let facts = self.facts_at(element, depth + 1);
                let mut count = None;
                let mut children = root.children();
                while let Ok(Some(child)) = children.next() {
                    if child.entry().tag() == DW_TAG_subrange_type {
                        count = child
                            .entry()
                            .attr_value(DW_AT_count)
                            .and_then(|count| count.udata_value())
                            .or_else(|| child.entry().attr_value(DW_AT_upper_bound)?.udata_value()?.checked_add(1));
                    }
                }
                size = size.or_else(|| facts.size?.checked_mul(count?));
                let count = count.map_or("?".into(), |count| count.to_string());
                (format!("[{}; {count}]", facts.name), Shape::Array(element))
            }
            _ => {
                let own_name = own_name?;
                let namespaces = self.namespaces(index, &reader).around(entry.offset - reader.start, &reader);
                let shape = if matches!(tag, DW_TAG_structure_type | DW_TAG_union_type) {
                    let mut fields = Vec::new();
                    collect_fields(&reader, root, &mut fields, 0);
                    Shape::Fields(fields)
                } else {
                    Shape::Other
                };
                // The names of primitive types, references and tuples are whole as they are.
                (qualified(&namespaces, own_name), shape)
            }
        };
        Some(TypeFacts { name, size, shape })
    }
}

/// The types of the members, of those of all variants too, whose structs stand inside.
fn collect_fields<'a>(
    reader: &UnitReader<'_, 'a>,
    node: gimli::EntriesTreeNode<'_, '_, super::object_file::Bytes<'a>>,
    fields: &mut Vec<EntryRef>,
    depth: u32,
) {
    let mut children = node.children();
    while let Ok(Some(child)) = children.next() {
        match child.entry().tag() {
            DW_TAG_member => {
                let artificial = child.entry().attr_value(gimli::DW_AT_artificial).is_some();
                let target: Option<AttributeValue<_>> = child.entry().attr_value(DW_AT_type);
                if let (false, Some(target)) = (artificial, target.and_then(|target| reader.entry(target))) {
                    fields.push(target);
                }
            }
            DW_TAG_variant_part | DW_TAG_variant if depth < 4 => collect_fields(reader, child, fields, depth + 1),
            _ => {}
        }
    }
}
