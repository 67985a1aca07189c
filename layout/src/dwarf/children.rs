//! Finds the futures inside of a slot.

use std::cell::RefCell;
use std::collections::BTreeMap;

use pinsight_machine::{Child, ChildKind};

use super::coroutine_names::CoroutineName;
use super::raw::EntryRef;
use super::types::{Shape, TypeFacts, Types};
use crate::brackets;

pub(crate) struct Children<'t, 'i, 'a> {
    types: &'t Types<'i, 'a>,
    found: RefCell<BTreeMap<EntryRef, Option<Child>>>,
}

const BOX: &str = "alloc::boxed::Box<";
const PIN: &str = "core::pin::Pin<";
const FUTURE: &str = "core::future::future::Future<";

/// Follows a type that holds itself through boxes down to this depth; real futures are less deep.
const DEEPEST: u32 = 24;

/// Futures in one slot, at all depths. A type whose fields hold the same ones again and again is shown without them.
const MOST: usize = 256;

impl<'t, 'i, 'a> Children<'t, 'i, 'a> {
    pub(crate) fn new(types: &'t Types<'i, 'a>) -> Self {
        Children { types, found: RefCell::default() }
    }

    /// The future that a value of that type is or holds.
    pub(crate) fn inside(&self, entry: EntryRef) -> Option<Child> {
        self.inside_at(entry, 0)
    }

    /// As above, of a value that is awaited: if nothing in it is known to be a future, then it is one by itself.
    pub(crate) fn awaited(&self, entry: EntryRef) -> Child {
        self.inside(entry).unwrap_or_else(|| {
            let facts = self.types.facts(entry);
            hand_written(&facts, Vec::new())
        })
    }

    fn inside_at(&self, entry: EntryRef, depth: u32) -> Option<Child> {
        if let Some(child) = self.found.borrow().get(&entry) {
            return child.clone();
        }
        if depth > DEEPEST {
            return None;
        }
        // A type that holds itself is met again while it is still being looked at.
        self.found.borrow_mut().insert(entry, None);
        let child = self.look(entry, depth);
        self.found.borrow_mut().insert(entry, child.clone());
        child
    }

    fn look(&self, entry: EntryRef, depth: u32) -> Option<Child> {
        let facts = self.types.facts(entry);
        if is_coroutine(&facts) {
            return Some(Child {
                kind: ChildKind::Coroutine,
                type_name: facts.name.clone().into(),
                machine: Some(facts.name.clone().into()),
                size: facts.size,
                children: Vec::new().into(),
            });
        }
        match &facts.shape {
            Shape::Pointer(Some(target)) if facts.name.starts_with(BOX) => {
                let inner = self.inside_at(*target, depth + 1)?;
                Some(Child {
                    kind: ChildKind::Boxed,
                    type_name: inner.type_name.clone(),
                    machine: inner.machine.clone(),
                    size: inner.size,
                    children: vec![inner].into(),
                })
            }
            Shape::Fields(_) if facts.name.starts_with(BOX) => {
                let is_future = facts.name.starts_with("alloc::boxed::Box<dyn") && facts.name.contains(FUTURE);
                is_future.then(|| Child {
                    kind: ChildKind::Dyn,
                    type_name: facts.name.clone().into(),
                    machine: None,
                    size: None,
                    children: Vec::new().into(),
                })
            }
            Shape::Fields(fields) => {
                let mut children: Vec<Child> =
                    fields.iter().filter_map(|field| self.inside_at(*field, depth + 1)).collect();
                // A pin is seen through: what is pinned is the future.
                if facts.name.starts_with(PIN) && children.len() == 1 {
                    return children.pop();
                }
                // Several variants may each hold the same one.
                children.dedup();
                if children.iter().map(count).sum::<usize>() > MOST {
                    children.clear();
                    return Some(hand_written(&facts, children));
                }
                (!children.is_empty()).then(|| hand_written(&facts, children))
            }
            Shape::Array(element) => self.inside_at(*element, depth + 1).map(|child| hand_written(&facts, vec![child])),
            Shape::Pointer(_) | Shape::Other => None,
        }
    }
}

/// A pointer to a function that returns a coroutine has a name that ends like the coroutine's.
fn is_coroutine(facts: &TypeFacts) -> bool {
    // Most types are told apart without taking their names apart.
    matches!(facts.shape, Shape::Fields(_))
        && facts.name.contains("_env#")
        && brackets::split(&facts.name, "::").pop().and_then(CoroutineName::parse).is_some_and(|name| name.is_type)
}

fn hand_written(facts: &TypeFacts, children: Vec<Child>) -> Child {
    Child {
        kind: ChildKind::HandWritten,
        type_name: facts.name.clone().into(),
        machine: None,
        size: facts.size,
        children: children.into(),
    }
}

fn count(child: &Child) -> usize {
    1 + child.children.iter().map(count).sum::<usize>()
}
