//! That the yardstick itself measures right, on one body of which both sides are made up.

use std::collections::BTreeMap;

use crate::compare::{self, Outcome};
use crate::facts::{Body, Declared, Local, Package, Reference, Suspend};
use crate::predicted::File;

const TEXT: &str = "async fn f(a: &u8) {\n    let b = 1;\n    for c in [b] {\n        g(&b, a).await;\n    }\n}\n";

fn local(name: &str, certain: bool, line: u32) -> Local {
    Local { name: name.into(), certain, lost: false, condition: None, declared: Declared::Line(line) }
}

fn reference(from: &str, to: &str, certain: bool) -> Reference {
    Reference { from: from.into(), to: to.into(), certain }
}

fn body(locals: Vec<Local>, references: Vec<Reference>) -> Body {
    Body {
        path: "test::f".into(),
        kind: "async fn".into(),
        file: "src/lib.rs".into(),
        line: 1,
        end: 6,
        captured: vec!["a".into()],
        suspends: vec![Suspend { line: Some(4), elsewhere: None, own_line: None, locals, references }],
        knows_references: true,
        opaque: Vec::new(),
    }
}

fn compare(exact: Body, predicted: Body) -> Outcome {
    let package = Package {
        name: "test".into(),
        version: String::new(),
        edition: 2024,
        folder: String::new(),
        settings: String::new(),
        bodies: vec![exact],
        foreign_bodies: 0,
        in_mir: 3,
    };
    let lines = TEXT.lines().map(str::to_owned).collect();
    let file = File { lines, bodies: vec![predicted], error: None };
    compare::package(&package, &BTreeMap::from([("src/lib.rs".to_owned(), file)]))
}

fn kinds(outcome: &Outcome) -> Vec<(&str, &str)> {
    outcome.misses.iter().map(|miss| (miss.kind, &*miss.what)).collect()
}

#[test]
fn what_is_equal_has_no_misses() {
    let both = || body(vec![local("a", true, 1), local("b", true, 2)], vec![reference("a", "b", true)]);
    let outcome = compare(both(), both());
    assert_eq!(kinds(&outcome), []);
    let tally = &outcome.tally;
    assert_eq!((tally.suspends_found, tally.kept, tally.kept_yes, tally.kept_arguments), (1, 2, 2, 1));
    assert_eq!((tally.references_confirmed, tally.references_found, tally.without_instance), (1, 1, 2));
    assert_eq!((tally.recall(), tally.precision(), tally.maybes()), (Some(100.0), Some(100.0), Some(0.0)));
}

#[test]
fn each_kind_of_miss_is_told() {
    let exact = body(vec![local("a", true, 1), local("b", true, 2)], vec![reference("a", "b", true)]);
    let locals = vec![local("a", false, 1), local("c", true, 3), local("g", false, 4)];
    let outcome = compare(exact, body(locals, vec![reference("b", "a", true)]));
    let expected = [
        ("maybe-kept", "a (an argument)"),
        ("missed-local", "b"),
        ("wrong-yes", "c"),
        ("maybe-not-kept", "g"),
        ("wrong-reference", "b -> a"),
        ("missed-reference", "a -> b"),
    ];
    assert_eq!(kinds(&outcome), expected);
    assert_eq!(outcome.tally.recall(), Some(50.0));
    assert_eq!(outcome.tally.precision(), Some(0.0));
}

#[test]
fn a_name_that_the_source_does_not_have_is_not_compared() {
    // `iter` is what the compiler calls the iterator of a `for` loop.
    let exact = body(vec![local("b", true, 2), local("iter", true, 3)], Vec::new());
    let outcome = compare(exact, body(vec![local("b", true, 2)], Vec::new()));
    assert_eq!(kinds(&outcome), [("not-compared", "iter")]);
    assert_eq!((outcome.tally.kept, outcome.tally.unwritten), (1, 1));
}

#[test]
fn a_local_that_is_shadowed_counts_twice() {
    let exact = body(vec![local("b", true, 2), local("b", true, 2)], Vec::new());
    let outcome = compare(exact, body(vec![local("b", true, 2)], Vec::new()));
    assert_eq!(kinds(&outcome), [("missed-local", "b")]);
}

#[test]
fn a_body_with_an_unread_macro_is_flagged() {
    let mut exact = body(Vec::new(), Vec::new());
    exact.suspends.push(Suspend {
        line: None,
        elsewhere: Some("macro.rs:1".into()),
        own_line: None,
        locals: Vec::new(),
        references: Vec::new(),
    });
    let outcome = compare(exact.clone(), body(Vec::new(), Vec::new()));
    assert_eq!((outcome.tally.suspends_missed, outcome.tally.in_macros_missed), (1, 1));
    let mut predicted = body(Vec::new(), Vec::new());
    predicted.opaque = vec!["m".into()];
    let outcome = compare(exact, predicted);
    assert_eq!(
        (outcome.tally.suspends_missed, outcome.tally.suspends_opaque, outcome.tally.in_macros_opaque),
        (0, 1, 1)
    );
}
