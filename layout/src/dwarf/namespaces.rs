//! Where each namespace of a unit begins and ends, so that the path of any entry can be told afterwards: an entry knows its
//! children and not its parent.

use gimli::{AttributeValue, DebugStrOffset};

use super::object_file::Bytes;
use super::unit_reader::UnitReader;

/// There are as many as there are modules, functions and impl blocks with an entry of their own, so each is kept small: its
/// offsets count from the start of the unit, and its name is looked up when something in it is of interest.
#[derive(Default)]
pub(crate) struct Namespaces<'a> {
    /// In the order of `start`.
    list: Vec<Namespace>,
    /// Names that do not stand in `.debug_str`.
    others: Vec<AttributeValue<Bytes<'a>>>,
}

struct Namespace {
    start: u32,
    end: u32,
    parent: u32,
    name: u32,
}

/// Stands for no parent, and for no name.
const NONE: u32 = u32::MAX;

/// Set in a name that is an index into `others`.
const IN_OTHERS: u32 = 1 << 31;

impl<'a> Namespaces<'a> {
    /// Adds one that begins at `start` and whose end is not known yet, and returns its index.
    pub(crate) fn open(&mut self, start: usize, parent: Option<u32>, name: Option<AttributeValue<Bytes<'a>>>) -> u32 {
        let name = match name {
            Some(AttributeValue::DebugStrRef(DebugStrOffset(offset))) if offset < IN_OTHERS as usize => offset as u32,
            Some(other) => {
                self.others.push(other);
                IN_OTHERS | (self.others.len() as u32 - 1)
            }
            None => NONE,
        };
        let index = self.list.len() as u32;
        self.list.push(Namespace { start: start as u32, end: NONE, parent: parent.unwrap_or(NONE), name });
        index
    }

    pub(crate) fn close(&mut self, index: u32, end: usize) {
        self.list[index as usize].end = end as u32;
    }

    /// The namespaces around an entry, from the crate inwards. The offset counts from the start of the unit.
    pub(crate) fn around(&self, offset: usize, reader: &UnitReader<'_, 'a>) -> Vec<&'a str> {
        let Ok(offset) = u32::try_from(offset) else { return Vec::new() };
        let after = self.list.partition_point(|namespace| namespace.start <= offset);
        let mut index = after.checked_sub(1);
        let mut path = Vec::new();
        while let Some(namespace) = index.and_then(|index| self.list.get(index)) {
            if offset < namespace.end {
                path.push(self.name(namespace, reader));
            }
            index = Some(namespace.parent as usize);
        }
        path.reverse();
        path
    }

    fn name(&self, namespace: &Namespace, reader: &UnitReader<'_, 'a>) -> &'a str {
        let value = match namespace.name {
            NONE => None,
            name if name & IN_OTHERS != 0 => self.others.get((name & !IN_OTHERS) as usize).copied(),
            name => Some(AttributeValue::DebugStrRef(DebugStrOffset(name as usize))),
        };
        value.and_then(|value| reader.text(value)).unwrap_or("?")
    }
}
