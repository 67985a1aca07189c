//! What the docs of a function get: Markdown in which a table stays one, and HTML in which a name stays a name.

mod machines;

use pinsight_machine::{Certainty, Machine, StateKind};

/// The picture, and the Markdown around it.
fn parts(machine: &Machine) -> (String, String) {
    let text = machine.to_rustdoc().to_string();
    let Some((before, rest)) = text.split_once("<div") else { return (String::new(), text) };
    let (picture, after) = rest.split_once("</div>").expect("the picture ends");
    (format!("<div{picture}</div>"), format!("{before}{after}"))
}

#[test]
fn pictures_stay_in_their_element() {
    for (name, machine) in machines::all() {
        let (picture, _) = parts(&machine);
        // To Markdown a blank line ends the HTML, and what follows is text.
        assert!(!picture.contains("\n\n"), "{name}");
        let opened = |tag: &str| picture.matches(&format!("<{tag}")).count();
        let closed = |tag: &str| picture.matches(&format!("</{tag}>")).count();
        for tag in ["div", "svg", "rect", "path", "text", "title"] {
            assert_eq!(opened(tag), closed(tag), "{tag} of {name}: {picture}");
        }
        for forbidden in ["<script", "<img", " id=", "<style", "href"] {
            assert!(!picture.contains(forbidden), "{forbidden} of {name}: {picture}");
        }
    }
}

#[test]
fn tables_have_a_row_for_each_value() {
    for (name, machine) in machines::all() {
        let (_, markdown) = parts(&machine);
        let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).collect();
        let kept: usize = machine.suspend_states().map(|state| machine.stored_values(state).len().max(1)).sum();
        let header = if machine.suspend_states().count() == 0 { 0 } else { 2 };
        assert_eq!(rows.len(), kept + header, "{name}: {markdown}");
        for row in rows {
            let bars = row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count();
            assert_eq!(bars, 5, "{name}: {row}");
        }
    }
}

#[test]
fn values_are_kept_for_their_reasons() {
    let machine = machines::PROCESS_DATA;
    let kept = machine.stored_values(machine.state(StateKind::Suspended(0)).expect("it waits once"));
    let [val, val_ref] = &kept[..] else { panic!("the awaited future is not among them: {kept:?}") };
    assert_eq!((&*val.name, val.type_name.as_deref()), ("`val`", Some("`String`")));
    assert_eq!(val.sentence(), "borrowed by `val_ref`, dropped after");
    assert_eq!(val_ref.sentence(), "used after; points at `val`");
    assert_eq!(val_ref.points_at, [(Certainty::Certain, "points at `val`".to_owned())]);
}
