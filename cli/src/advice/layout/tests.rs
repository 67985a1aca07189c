use super::*;
use pinsight_machine::{MachineKind, State};

fn slot(name: &'static str, role: Role, offset: u64, size: u64, align: u64) -> Slot {
    let type_name = Some(name.into());
    Slot { type_name, size: Some(size), align: Some(align), offset: Some(offset), ..Slot::new(name.into(), role) }
}

fn machine(size: u64, discriminant: u64, captured: &[Slot], states: &[&[Slot]]) -> Machine {
    let mut all = vec![State { slots: captured.to_vec().into(), ..State::new(StateKind::Unresumed) }];
    for (number, slots) in (0..).zip(states) {
        all.push(State { slots: slots.to_vec().into(), ..State::new(StateKind::Suspended(number)) });
    }
    Machine {
        size: Some(size),
        discriminant: Some((discriminant, 1)),
        states: all.into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

use Role::{Argument, Awaitee, Local};

#[test]
fn a_single_state_is_packed_as_a_whole() {
    let own = [slot("val", Local, 0, 24, 8), slot("val_ref", Local, 24, 8, 8), slot("a", Awaitee, 32, 2, 1)];
    let layout = Layout::of(&machine(40, 34, &[], &[&own])).unwrap();
    assert_eq!(layout.without(layout.value(StateKind::Suspended(0), 0).unwrap(), &all(1)).size(), 16);
}

fn all(count: u32) -> BTreeSet<StateKind> {
    (0..count).map(StateKind::Suspended).collect()
}

/// The prefix is as long as its alignment wants, and what two states share begins behind it.
#[test]
fn states_share_what_is_behind_the_prefix() {
    let x = slot("x", Argument, 0, 8, 8);
    let first = [slot("p", Awaitee, 16, 3, 1), x.clone()];
    let second = [slot("q", Awaitee, 16, 100, 1), x.clone()];
    let subject = machine(120, 8, &[x], &[&first, &second]);
    let layout = Layout::of(&subject).unwrap();
    let large = layout.value(StateKind::Suspended(1), 0).unwrap();
    assert_eq!(layout.resized(&[large], 8).size(), 24);
    // The estimate has to be right before it is used.
    assert!(Layout::of(&Machine { size: Some(128), ..subject.clone() }).is_none());
    assert!(Layout::of(&Machine { size: None, ..subject }).is_none());
}

/// A value that only one state stores, and that lies before what two states share, is there because it exists at the same time
/// as another.
#[test]
fn what_lies_among_the_prefix_was_promoted() {
    let first = [slot("kept", Local, 0, 8, 8), slot("p", Awaitee, 16, 8, 1)];
    let second = [slot("q", Awaitee, 16, 4, 1)];
    let subject = machine(24, 8, &[], &[&first, &second]);
    let layout = Layout::of(&subject).unwrap();
    assert_eq!(layout.promoted(), [true, false, false]);
    assert_eq!(layout.without_conflicts().promoted(), [false, false, false]);
}

/// Two values of one name and type that share their bytes with a third are not one value.
#[test]
fn what_shares_its_bytes_is_of_one_state() {
    let first = [slot("x", Local, 1, 4, 1), slot("p", Awaitee, 5, 1, 1)];
    let second = [slot("big", Local, 1, 9, 1), slot("q", Awaitee, 10, 1, 1)];
    let third = [slot("x", Local, 1, 4, 1), slot("r", Awaitee, 5, 1, 1)];
    let layout = Layout::of(&machine(11, 0, &[], &[&first, &second, &third])).unwrap();
    assert_eq!(layout.stored.len(), 6);
}

#[test]
fn what_is_not_known_has_no_layout() {
    let lost = Slot { offset: None, ..slot("x", Local, 0, 4, 4) };
    assert!(Layout::of(&machine(8, 4, &[], &[&[lost]])).is_none());
    assert!(Layout::of(&Machine::new(MachineKind::AsyncFn)).is_none());
}
