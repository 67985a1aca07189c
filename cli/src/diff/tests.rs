use super::*;
use pinsight_machine::{Location, MachineKind, Role, Slot, State, StateKind};

type Contents<'a> = &'a [(&'static str, u64, u64)];

/// A slot is a name, an offset and a size; `__awaitee` is followed by the type.
fn state(number: u32, slots: Contents<'_>) -> State {
    let slot = |&(name, offset, size): &(&'static str, u64, u64)| {
        let (role, type_name) = match name.strip_prefix("await ") {
            Some(awaited) => (Role::Awaitee, awaited),
            None => (Role::Local, "T"),
        };
        let type_name = Some(type_name.into());
        Slot { type_name, size: Some(size), offset: Some(offset), ..Slot::new(name.into(), role) }
    };
    State { slots: slots.iter().map(slot).collect::<Vec<_>>().into(), ..State::new(StateKind::Suspended(number)) }
}

fn machine(id: &'static str, size: u64, states: &[Contents<'_>]) -> Machine {
    let states: Vec<State> = (0..).zip(states).map(|(number, slots)| state(number, slots)).collect();
    Machine {
        id: id.into(),
        path: id.into(),
        size: Some(size),
        states: states.into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

fn told(diff: &Diff<'_>) -> Vec<(Event, i64, String)> {
    diff.changes.iter().map(|change| (change.event(), change.growth(), change.name())).collect()
}

#[test]
fn what_grew_comes_first() {
    let old = [machine("a", 10, &[]), machine("b", 20, &[]), machine("same", 1, &[]), machine("s", 9, &[])];
    let new = [machine("a", 30, &[]), machine("c", 5, &[]), machine("s", 8, &[]), machine("same", 1, &[])];
    let diff = between(&old, &new);
    assert_eq!(
        told(&diff),
        [
            (Event::Grew, 20, "a".into()),
            (Event::Came, 5, "c".into()),
            (Event::Shrank, -1, "s".into()),
            (Event::Went, -20, "b".into()),
        ]
    );
    assert_eq!((diff.unchanged, diff.total), (1, (40, 44)));
}

#[test]
fn a_new_number_is_no_new_machine() {
    let at = |id: &'static str, line, size| Machine {
        location: Some(Location { file: "a.rs".into(), line, column: None }),
        ..machine(id, size, &[])
    };
    let old = [at("m::{impl#0}::f::{async_block_env#0}", 10, 1), at("m::{impl#0}::f::{async_block_env#1}", 50, 2)];
    // A new one comes first, and another impl: what was at line 50 has a number that was taken before.
    let new = [
        at("m::{impl#1}::f::{async_block_env#0}", 3, 100),
        at("m::{impl#1}::f::{async_block_env#1}", 13, 1),
        at("m::{impl#1}::f::{async_block_env#2}", 53, 4),
    ];
    let diff = between(&old, &new);
    assert_eq!(
        told(&diff),
        [
            (Event::Came, 100, "m::{impl#1}::f::{async_block_env#0}".into()),
            (Event::Grew, 2, "m::{impl#1}::f::{async_block_env#2}".into()),
        ]
    );
    // The kind tells apart what has the same numbers.
    let block = Machine { kind: MachineKind::AsyncBlock, ..at("m::{impl#5}::f::{async_block_env#0}", 10, 1) };
    assert_eq!(told(&between(&old[..1], &[block])).len(), 2);
}

#[test]
fn slots_come_go_grow_and_move() {
    let old = [machine("a", 40, &[&[("x", 0, 8), ("gone", 8, 4), ("far", 12, 4), ("await op", 16, 2)]])];
    let new = [machine("a", 40, &[&[("x", 0, 16), ("far", 20, 4), ("new", 24, 1), ("await op", 16, 2)]])];
    let diff = between(&old, &new);
    assert_eq!(diff.changes[0].event(), Event::Changed);
    let text = human(&diff, true);
    let plain = anstream::adapter::strip_str(&text).to_string();
    assert_eq!(
        plain,
        "    change     before    after               name
         0         40 -> 40         changed  a
            Suspend0
              8 -> 16 bytes: `x`
              moved, offset 12 -> 20: `far`
              came, 1 byte: `new`
              went, 4 bytes: `gone`

1 changed inside, 0 as they were
all together: 40 -> 40 bytes (0)
"
    );
    assert!(text.contains("\u{1b}["));
}

/// The awaits behind a new one are still known.
#[test]
fn a_new_await_does_not_change_those_behind_it() {
    let old = [machine("a", 8, &[&[("await p", 0, 4)], &[("await q", 0, 4)]])];
    let new = [machine("a", 16, &[&[("await p", 0, 4)], &[("await n", 0, 16)], &[("await q", 0, 4)]])];
    let diff = between(&old, &new);
    let states: Vec<_> = diff.changes[0].states.iter().map(|state| (state.old, state.new, state.slots.len())).collect();
    let suspended = |number| Some(StateKind::Suspended(number));
    assert_eq!(states, [(None, suspended(1), 0), (suspended(1), suspended(2), 0)]);
    assert!(human(&diff, true).contains("Suspend2: was Suspend1"));
}

#[test]
fn forms_for_programs() {
    let old = [machine("a", 1000, &[&[("x", 0, 8)]])];
    let new = [machine("a", 3000, &[&[("x", 0, 16)]]), machine("b", 7, &[])];
    let diff = between(&old, &new);
    assert_eq!(short(&diff), "+2000 1000 -> 3000 grew a\n+7 - -> 7 came b\n");
    let json = json(&diff);
    let change = &json["changes"][0];
    assert_eq!((&change["event"], &change["growth"]), (&"grew".into(), &2000.into()));
    let slot = &change["states"][0]["slots"][0];
    assert_eq!((&slot["name"], &slot["event"], &slot["old"]), (&"x".into(), &"resized".into(), &8.into()));
    assert_eq!(json["changes"][1]["old"], serde_json::Value::Null);
    assert_eq!(json["total"]["new"], 3007);
    let summary = human(&diff, false);
    assert!(summary.contains("1 grew by 2,000 bytes, 1 came, 0 as they were"), "{summary}");
    assert!(summary.contains("all together: 1,000 -> 3,007 bytes (+2,007)"), "{summary}");
}

#[test]
fn nothing_has_changed() {
    let machines = [machine("a", 1, &[])];
    assert_eq!(human(&between(&machines, &machines), true), "no machine has changed\n");
}
