//! What is different between the machines of two programs.

use std::collections::BTreeMap;

use pinsight_machine::{Machine, Slot, State};

/// A machine that is not the same in both.
pub(crate) struct Change<'m> {
    pub(crate) old: Option<&'m Machine>,
    pub(crate) new: Option<&'m Machine>,
}

/// The largest growth first.
pub(crate) fn between<'m>(old: &'m [Machine], new: &'m [Machine]) -> Vec<Change<'m>> {
    let mut changes = Vec::new();
    let mut left: BTreeMap<&str, &Machine> = old.iter().map(|machine| (&*machine.id, machine)).collect();
    let mut came = Vec::new();
    for machine in new {
        match left.remove(&*machine.id) {
            Some(before) => changes.push(Change { old: Some(before), new: Some(machine) }),
            None => came.push(machine),
        }
    }
    // A block that was put before another, or another impl block, gives all that follow new numbers.
    let mut gone: BTreeMap<String, Vec<&Machine>> = BTreeMap::new();
    for machine in left.into_values() {
        gone.entry(without_numbers(&machine.id)).or_default().push(machine);
    }
    for machine in came {
        let line = machine.place.as_ref().map_or(0, |place| i64::from(place.line));
        let distance = |other: &&Machine| (other.place.as_ref().map_or(0, |place| i64::from(place.line)) - line).abs();
        let renamed = gone.get_mut(&without_numbers(&machine.id)).and_then(|candidates| {
            let nearest = (0..candidates.len()).min_by_key(|index| distance(&candidates[*index]))?;
            Some(candidates.swap_remove(nearest))
        });
        changes.push(Change { old: renamed, new: Some(machine) });
    }
    changes.extend(gone.into_values().flatten().map(|machine| Change { old: Some(machine), new: None }));
    changes.retain(|change| {
        change.growth() != 0 || change.old.is_none() || change.new.is_none() || !change.details().is_empty()
    });
    changes.sort_by(|a, b| (b.growth(), a.name()).cmp(&(a.growth(), b.name())));
    changes
}

/// `app::{impl#}::f::{async_block_env#}` of `app::{impl#3}::f::{async_block_env#0}`.
fn without_numbers(id: &str) -> String {
    let mut plain = String::new();
    let mut is_number = false;
    for character in id.chars() {
        is_number = character == '#' || (is_number && character.is_ascii_digit());
        if !is_number || character == '#' {
            plain.push(character);
        }
    }
    plain
}

impl Change<'_> {
    pub(crate) fn name(&self) -> String {
        self.new.or(self.old).map_or_else(String::new, |machine| machine.full_name().to_string())
    }

    /// In bytes.
    pub(crate) fn growth(&self) -> i64 {
        let size = |machine: Option<&Machine>| {
            machine.and_then(|machine| machine.size).and_then(|size| i64::try_from(size).ok()).unwrap_or(0)
        };
        size(self.new) - size(self.old)
    }

    /// State by state, what is stored in one and not in the other, or in another way.
    pub(crate) fn details(&self) -> Vec<String> {
        let (Some(old), Some(new)) = (self.old, self.new) else { return Vec::new() };
        let mut lines = Vec::new();
        for state in new.states.iter() {
            match old.state(state.kind) {
                Some(before) => state_changes(before, state, &mut lines),
                None => lines.push(format!("{} is new", state.kind)),
            }
        }
        for state in old.states.iter().filter(|state| new.state(state.kind).is_none()) {
            lines.push(format!("{} is gone", state.kind));
        }
        lines
    }
}

fn state_changes(old: &State, new: &State, lines: &mut Vec<String>) {
    let mut left: Vec<&Slot> = old.slots.iter().collect();
    for slot in new.slots.iter() {
        let bytes = |slot: &Slot| slot.size.map_or("?".to_owned(), |size| size.to_string());
        let Some(index) = left.iter().position(|other| other.name == slot.name && other.role == slot.role) else {
            lines.push(format!("{}: `{}` is new, {} bytes", new.kind, slot.name, bytes(slot)));
            continue;
        };
        let before = left.remove(index);
        if before.size != slot.size {
            lines.push(format!("{}: `{}` {} -> {} bytes", new.kind, slot.name, bytes(before), bytes(slot)));
        } else if before.type_name != slot.type_name {
            let name = |slot: &Slot| slot.type_name.as_deref().unwrap_or("?").to_owned();
            lines.push(format!("{}: `{}` was {}, and is {}", new.kind, slot.name, name(before), name(slot)));
        }
    }
    lines.extend(left.iter().map(|slot| format!("{}: `{}` is gone", new.kind, slot.name)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::{MachineKind, Role, StateKind};

    fn machine(id: &'static str, size: u64, slots: &[(&'static str, u64)]) -> Machine {
        let slots: Vec<Slot> = slots
            .iter()
            .map(|(name, size)| Slot { size: Some(*size), ..Slot::new((*name).into(), Role::Local) })
            .collect();
        let states = vec![State { slots: slots.into(), ..State::new(StateKind::Suspended(0)) }];
        Machine {
            id: id.into(),
            path: id.into(),
            size: Some(size),
            states: states.into(),
            ..Machine::new(MachineKind::AsyncFn)
        }
    }

    #[test]
    fn what_grew_comes_first_with_its_reasons() {
        let old = [machine("a", 10, &[("x", 8)]), machine("b", 20, &[]), machine("same", 1, &[])];
        let new = [machine("a", 30, &[("x", 16), ("y", 8)]), machine("c", 5, &[]), machine("same", 1, &[])];
        let changes = between(&old, &new);
        let told: Vec<(String, i64)> = changes.iter().map(|change| (change.name(), change.growth())).collect();
        assert_eq!(told, [("a".into(), 20), ("c".into(), 5), ("b".into(), -20)]);
        assert_eq!(changes[0].details(), ["Suspend0: `x` 8 -> 16 bytes", "Suspend0: `y` is new, 8 bytes"]);
    }

    #[test]
    fn a_new_number_is_no_new_machine() {
        let old = [machine("m::f::{async_block_env#0}", 10, &[])];
        let new = [machine("m::f::{async_block_env#1}", 12, &[])];
        let changes = between(&old, &new);
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].growth(), 2);
    }
}
