//! One line of the table of machines. It is in the page as HTML, so that the page says something without its script too.

use std::collections::BTreeSet;
use std::fmt::Write;

use pinsight_machine::views::{Thousands, short_type_name};
use pinsight_machine::{Certainty, Location, Machine};

use super::escape::escape;

/// The figures of a machine by which the table is sorted.
struct Figures {
    /// Futures of different types that it stores while it waits.
    children: usize,
    certain: usize,
    possible: usize,
    /// Bytes of arguments that are stored once more as locals, each argument counted once.
    twice: u64,
}

impl Figures {
    fn of(machine: &Machine) -> Figures {
        let mut children = BTreeSet::new();
        let mut twice = BTreeSet::new();
        // A reference that is stored across several suspend points counts once, and is certain if it is so in one of them.
        let (mut certain, mut possible) = (BTreeSet::new(), BTreeSet::new());
        for state in machine.suspend_states() {
            for slot in state.slots.iter() {
                children.extend(slot.child.as_ref().map(|child| child.type_name.as_ref()));
                for points_at in slot.points_at.iter() {
                    let target = state.slots.get(points_at.slot).map(|slot| (slot.name.as_ref(), slot.offset));
                    let reference = (slot.name.as_ref(), slot.offset, target);
                    match points_at.certainty {
                        Certainty::Certain => certain.insert(reference),
                        Certainty::Possible => possible.insert(reference),
                    };
                }
            }
            let pairs = state.stored_twice();
            twice.extend(pairs.iter().map(|pair| (state.slots[pair.captured].offset, pair.size)));
        }
        Figures {
            children: children.len(),
            certain: certain.len(),
            possible: possible.difference(&certain).count(),
            twice: twice.iter().fold(0, |sum, (_, size)| sum.saturating_add(*size)),
        }
    }
}

/// The head of the table; the buttons sort it.
pub(super) fn head() -> String {
    let columns = [
        ("size", "number", "Size", "in bytes"),
        ("name", "", "Name", ""),
        ("states", "number wide", "Awaits", "suspend states: how many `.await`s it has"),
        ("children", "number wide", "Children", "futures of different types that it stores while it waits"),
        ("refs", "number", "Self-refs", "references from one slot into another; possible ones have a question mark"),
        ("twice", "number wide", "Twice", "bytes of arguments that are stored twice"),
        ("padding", "number wide", "Padding", "bytes that no state uses"),
        ("place", "wide", "Place", "where its body begins"),
    ];
    let (mut widths, mut head) = (String::new(), String::new());
    for (key, class, label, title) in columns {
        let sorted = if key == "size" { "descending" } else { "none" };
        let _ = write!(widths, "<col class=\"{class} {key}\">");
        let _ = write!(
            head,
            "<th scope=\"col\" class=\"{class} {key}\" aria-sort=\"{sorted}\"><button type=\"button\" data-key=\"{key}\" \
             title=\"{}\">{label}</button></th>",
            escape(title)
        );
    }
    format!("<colgroup>{widths}</colgroup>\n<thead><tr>{head}</tr></thead>")
}

/// The line of the `index`-th machine; `largest` is the size of the largest of all.
pub(super) fn row(machine: &Machine, index: usize, largest: u64, root: &str) -> String {
    let figures = Figures::of(machine);
    let number = |number: Option<u64>| number.map_or("?".to_owned(), |number| Thousands(number).to_string());
    let counted = |count: u64| if count == 0 { String::new() } else { Thousands(count).to_string() };
    let share = machine.size.map_or(0.0, |size| 100.0 * size as f64 / largest.max(1) as f64);
    let refs = match (figures.certain, figures.possible) {
        (0, 0) => String::new(),
        (certain, 0) => certain.to_string(),
        (0, possible) => format!("{possible}?"),
        (certain, possible) => format!("{certain} + {possible}?"),
    };
    // Sorted by the certain ones first.
    let refs_key = figures.certain * 10_000 + figures.possible;
    let location = machine.location.as_ref();
    let mut row = String::new();
    let _ = write!(
        row,
        "<tr id=\"m{index}\" data-figures=\"{},{},{},{refs_key},{},{}\">\
         <td class=\"number size\" style=\"--share:{share:.1}%\">{}</td>\
         <th scope=\"row\" class=\"name\"><button type=\"button\" aria-expanded=\"false\" title=\"{}\">{}</button></th>\
         <td class=\"number wide\">{}</td><td class=\"number wide\">{}</td><td class=\"number\">{refs}</td>\
         <td class=\"number wide\">{}</td><td class=\"number wide\">{}</td>\
         <td class=\"wide place\" title=\"{}\">{}</td></tr>",
        machine.size.map_or(-1, |size| i64::try_from(size).unwrap_or(i64::MAX)),
        machine.suspend_states().count(),
        figures.children,
        figures.twice,
        machine.padding().map_or(-1, |padding| i64::try_from(padding).unwrap_or(i64::MAX)),
        number(machine.size),
        escape(&machine.full_name().to_string()),
        name(machine),
        counted(machine.suspend_states().count() as u64),
        counted(figures.children as u64),
        counted(figures.twice),
        machine.padding().map_or("?".to_owned(), counted),
        escape(&location.map(Location::to_string).unwrap_or_default()),
        escape(&location.map_or("?".to_owned(), |location| location.shown(root).to_string())),
    );
    row
}

/// Longer ones are cut; the title has all.
const LONGEST_ARGUMENTS: usize = 90;

/// The path, its modules pale, and the type arguments.
fn name(machine: &Machine) -> String {
    let path = machine.path.as_ref();
    let (modules, own) = path.split_at(modules_length(path));
    let mut html = String::new();
    if !modules.is_empty() {
        let _ = write!(html, "<span class=\"pale\">{}</span>", escape(modules));
    }
    html.push_str(if own.is_empty() { "?" } else { "" });
    html.push_str(&escape(own));
    if !machine.type_arguments.is_empty() {
        let arguments: Vec<String> = machine.type_arguments.iter().map(|name| short_type_name(name)).collect();
        let mut arguments = arguments.join(", ");
        if let Some((cut, _)) = arguments.char_indices().nth(LONGEST_ARGUMENTS) {
            arguments.truncate(cut);
            arguments.push('…');
        }
        let _ = write!(html, " <span class=\"arguments\">&lt;{}&gt;</span>", escape(&arguments));
    }
    html
}

/// The length of the modules at the beginning of a path: names in lower case which others follow, but for the last two, of which
/// the first may be a type.
fn modules_length(path: &str) -> usize {
    let mut length = 0;
    let segments: Vec<&str> = path.split("::").collect();
    for segment in &segments[..segments.len().saturating_sub(1)] {
        if segment.is_empty()
            || !segment.chars().all(|char| char.is_ascii_lowercase() || char == '_' || char.is_ascii_digit())
        {
            break;
        }
        length += segment.len() + 2;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modules_of_a_path_are_told_from_what_is_in_them() {
        for (path, modules) in [
            ("app::main", "app::"),
            ("hyper::client::dispatch::Receiver<T>::recv", "hyper::client::dispatch::"),
            ("main", ""),
            ("", ""),
            ("<app::App as app::Notify>::notify", ""),
            ("app::main::{async block#0}", "app::main::"),
        ] {
            assert_eq!(&path[..modules_length(path)], modules, "{path}");
        }
    }
}
