//! The JSON of a machine: it survives a round trip, and SCHEMA.md knows every field of it.

#![cfg(feature = "serde")]

mod machines;

use std::collections::BTreeSet;

use pinsight_machine::{Certainty, ChildKind, Evidence, Location, Machine, MachineKind, Role, StateKind, Why};
use serde_json::Value;

const SCHEMA: &str = include_str!("../SCHEMA.md");

#[test]
fn a_machine_survives_a_round_trip() {
    for (name, machine) in machines::all() {
        let json = serde_json::to_string_pretty(&machine).unwrap();
        let back: Machine = serde_json::from_str(&json).unwrap();
        assert_eq!(machine, back, "{name}");
    }
}

#[test]
fn schema_names_every_field() {
    let mut names = BTreeSet::new();
    for (_, machine) in machines::all() {
        collect(&serde_json::to_value(&machine).unwrap(), &mut names);
    }
    collect(&serde_json::to_value(Location { file: "".into(), line: 1, column: None }).unwrap(), &mut names);
    assert!(["column", "through", "children"].iter().all(|name| names.contains(*name)), "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !is_described(name)).collect();
    assert!(missing.is_empty(), "SCHEMA.md has no row for {missing:?}");
}

/// A field has a row; a word that comes with a value is written with it.
fn is_described(name: &str) -> bool {
    SCHEMA.contains(&format!("| `{name}` |")) || SCHEMA.contains(&format!("`{{\"{name}\":"))
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            names.insert(name.clone());
            collect(value, names);
        }),
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

#[test]
fn schema_names_every_variant() {
    use MachineKind::*;
    let kinds = [
        AsyncFn,
        AsyncBlock,
        AsyncClosure,
        GenFn,
        GenBlock,
        GenClosure,
        AsyncGenFn,
        AsyncGenBlock,
        AsyncGenClosure,
        Coroutine,
    ];
    let mut values: Vec<Value> = kinds.iter().map(|kind| serde_json::to_value(kind).unwrap()).collect();
    let states = [StateKind::Unresumed, StateKind::Returned, StateKind::Panicked, StateKind::Suspended(0)];
    values.extend(states.iter().map(|kind| serde_json::to_value(kind).unwrap()));
    let roles = [Role::Argument, Role::Local, Role::Temporary, Role::DropFlag, Role::Awaitee];
    values.extend(roles.iter().map(|role| serde_json::to_value(role).unwrap()));
    let evidence = [
        Evidence::Recorded,
        Evidence::Predicted,
        Evidence::RepairedFromUnresumed,
        Evidence::RepairedFromVariable,
        Evidence::Lost,
        Evidence::Maybe,
    ];
    values.extend(evidence.iter().map(|evidence| serde_json::to_value(evidence).unwrap()));
    let reasons =
        [Why::Captured, Why::Awaited, Why::UsedAfter, Why::DroppedAfter, Why::BorrowedBy("".into()), Why::AddressTaken];
    values.extend(reasons.iter().map(|reason| serde_json::to_value(reason).unwrap()));
    let children = [ChildKind::Coroutine, ChildKind::HandWritten, ChildKind::Boxed, ChildKind::Dyn];
    values.extend(children.iter().map(|kind| serde_json::to_value(kind).unwrap()));
    values.extend([Certainty::Possible, Certainty::Certain].iter().map(|kind| serde_json::to_value(kind).unwrap()));
    for value in values {
        let word = match &value {
            Value::String(word) => format!("\"{word}\""),
            Value::Object(fields) => format!("{{\"{}\":", fields.keys().next().unwrap()),
            _ => unreachable!("{value}"),
        };
        assert!(SCHEMA.contains(&word), "SCHEMA.md does not have {word}");
    }
}

#[test]
fn the_example_of_the_schema_is_a_machine() {
    let example = SCHEMA.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let document: Value = serde_json::from_str(example).unwrap();
    assert_eq!(document["format_version"], 1);
    let machines: Vec<Machine> = serde_json::from_value(document["machines"].clone()).unwrap();
    assert_eq!(machines, [machines::PROCESS_DATA]);
}
