//! What would make a machine smaller, and by how many bytes.

mod estimate;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use pinsight_machine::{Machine, Place, Reason, Role, Slot, StateKind};
use serde::Serialize;

use estimate::Contents;

/// One thing that could be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Advice {
    pub(crate) machine: String,
    pub(crate) kind: Kind,
    /// The value that it is about.
    pub(crate) slot: String,
    /// Where that is declared, or where the machine waits with it.
    pub(crate) place: Option<Place>,
    /// Bytes of the machine, worked out from its layout.
    pub(crate) saves: u64,
    pub(crate) message: String,
    pub(crate) help: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Nothing needs the value after the await.
    Scope,
    /// An argument is stored as it was captured, and as the local it was moved into.
    StoredTwice,
    /// One child is much larger than the others.
    LargeChild,
    /// The same value is stored again where it was moved to.
    Moved,
}

/// Less is not worth a change.
const LEAST: u64 = 16;

/// The advice for one machine, what saves most first. Empty too if its layout is not understood well enough.
pub(crate) fn of(machine: &Machine) -> Vec<Advice> {
    let Some(contents) = Contents::of(machine) else { return Vec::new() };
    let Some(size) = machine.size.filter(|size| *size == contents.size()) else { return Vec::new() };
    let mut list = Vec::new();
    scopes(machine, &contents, size, &mut list);
    stored_twice(machine, &contents, size, &mut list);
    large_child(machine, &contents, size, &mut list);
    list.retain(|advice| advice.saves >= LEAST);
    list.sort_by(|a, b| (b.saves, &a.slot).cmp(&(a.saves, &b.slot)));
    list
}

/// Whether anything after the await needs the value. What is only dropped could have been dropped before.
fn is_idle(slot: &Slot) -> bool {
    let needs = |reason: &Reason| {
        matches!(reason, Reason::UsedAfter | Reason::Awaited | Reason::BorrowedBy(_) | Reason::Captured)
    };
    slot.role == Role::Local && !slot.reasons.is_empty() && !slot.reasons.iter().any(needs)
}

fn scopes(machine: &Machine, contents: &Contents, size: u64, list: &mut Vec<Advice>) {
    let mut seen: BTreeSet<(String, Option<u64>)> = BTreeSet::new();
    for state in machine.suspend_states() {
        for slot in state.slots.iter().filter(|slot| is_idle(slot)) {
            // The local that an argument was moved into cannot be put into a block; `stored_twice` says what can be done.
            let is_argument = state.slots.iter().any(|other| other.role == Role::Argument && other.name == slot.name);
            if is_argument || !seen.insert((slot.name.to_string(), slot.offset)) {
                continue;
            }
            // All the states in which it is idle: the block ends before the first of them.
            let idle: BTreeSet<StateKind> = machine
                .suspend_states()
                .filter(|state| state.slots.iter().any(|other| other.is_same_value(slot) && is_idle(other)))
                .map(|state| state.kind)
                .collect();
            let mut without = contents.clone();
            for stored in &mut without.stored {
                if stored.name == slot.name && Some(stored.size) == slot.size {
                    stored.states.retain(|state| !idle.contains(state));
                }
            }
            without.stored.retain(|stored| !stored.states.is_empty());
            let names: Vec<String> = idle.iter().map(ToString::to_string).collect();
            let twin = state.slots.iter().find(|other| {
                other.name != slot.name
                    && other.role == Role::Local
                    && other.type_name == slot.type_name
                    && other.size == slot.size
            });
            let (kind, message) = match twin {
                Some(twin) => (
                    Kind::Moved,
                    format!(
                        "`{}` is still stored in {} beside `{}` of the same type, and nothing uses it there",
                        slot.name,
                        names.join(", "),
                        twin.name
                    ),
                ),
                None => (
                    Kind::Scope,
                    format!("`{}` is stored in {}, and nothing uses it there", slot.name, names.join(", ")),
                ),
            };
            list.push(Advice {
                machine: machine.full_name().to_string(),
                kind,
                slot: slot.name.to_string(),
                place: slot.declared.clone().or_else(|| state.place.clone()),
                saves: size.saturating_sub(without.size()),
                message,
                help: "put it, with all that uses it, into a block that ends before the await; `drop` alone does not free its place \
                       if it was ever borrowed"
                    .into(),
            });
        }
    }
}

fn stored_twice(machine: &Machine, contents: &Contents, size: u64, list: &mut Vec<Advice>) {
    let mut seen = BTreeSet::new();
    for state in machine.suspend_states() {
        for pair in state.stored_twice() {
            let Some(slot) = state.slots.get(pair.local) else { continue };
            if !seen.insert(slot.name.clone()) {
                continue;
            }
            let mut without = contents.clone();
            without.stored.retain(|stored| stored.name != slot.name || Some(stored.size) != slot.size);
            list.push(Advice {
                machine: machine.full_name().to_string(),
                kind: Kind::StoredTwice,
                slot: slot.name.to_string(),
                place: machine.place.clone(),
                saves: size.saturating_sub(without.size()),
                message: format!("the argument `{}` is stored twice: as it was captured, and as the local it was moved into", slot.name),
                help: "take it by reference, or write `fn … -> impl Future<Output = …> { async move { … } }`, which stores it once \
                       (rust-lang/rust#62958)"
                    .into(),
            });
        }
    }
}

fn large_child(machine: &Machine, contents: &Contents, size: u64, list: &mut Vec<Advice>) {
    let mut children: Vec<(u64, StateKind, &Slot)> = machine
        .suspend_states()
        .filter_map(|state| state.awaitee().and_then(|slot| Some((slot.size?, state.kind, slot))))
        .collect();
    children.sort_by_key(|(size, ..)| std::cmp::Reverse(*size));
    let Some(&(largest, state, slot)) = children.first() else { return };
    let others = children.iter().map(|(size, ..)| *size).find(|size| *size < largest).unwrap_or(0);
    if children.len() < 2 || largest < 2 * others.max(64) {
        return;
    }
    let mut boxed = contents.clone();
    let pointer = std::mem::size_of::<usize>() as u64;
    for stored in boxed.stored.iter_mut().filter(|stored| stored.name == slot.name && stored.size == largest) {
        (stored.size, stored.align) = (pointer, pointer);
    }
    let child = slot.child.as_ref().map_or("the future", |child| &child.type_name);
    list.push(Advice {
        machine: machine.full_name().to_string(),
        kind: Kind::LargeChild,
        slot: slot.name.to_string(),
        place: machine.state(state).and_then(|state| state.place.clone()),
        saves: size.saturating_sub(boxed.size()),
        message: format!(
            "what is awaited in {state} is {largest} bytes large, and no other child is larger than {others}: `{}`",
            pinsight_machine::views::short_type_name(child)
        ),
        help: "await `Box::pin(…)` of it, if it is awaited seldom: that costs an allocation each time".into(),
    });
}
