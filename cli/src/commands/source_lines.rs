//! Quotes the lines on which a machine waits, as the compiler quotes source.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use pinsight_machine::views::{Bytes, shown_file, words};
use pinsight_machine::{Certainty, Machine, SegmentKind, State};

/// Empty where the source cannot be read: debug info of another machine names files that are not here.
pub(super) fn quote(machine: &Machine, root: &str, color: bool) -> String {
    let Some(file) =
        machine.suspend_states().find_map(|state| state.location.as_ref()).map(|location| location.file.clone())
    else {
        return String::new();
    };
    let Ok(source) = std::fs::read_to_string(&*file) else { return String::new() };
    // Waits in other files are those of macros.
    let states =
        machine.suspend_states().filter(|state| state.location.as_ref().is_some_and(|location| location.file == file));
    let on_lines: Vec<(&State, u32)> =
        states.filter_map(|state| Some((state, state.location.as_ref()?.line))).collect();
    let annotations: Vec<(Range<usize>, String)> = on_lines
        .iter()
        .enumerate()
        .filter_map(|(index, (state, line))| {
            let of_line = |states: &[(&State, u32)]| states.iter().filter(|(_, other)| other == line).count();
            let span = await_in_line(&source, *line, of_line(&on_lines[..index]), of_line(&on_lines))?;
            Some((span, label(machine, state)))
        })
        .collect();
    if annotations.is_empty() {
        return String::new();
    }
    let snippet = Snippet::source(&source)
        .path(shown_file(&file, root))
        .fold(true)
        .annotations(annotations.iter().map(|(span, label)| AnnotationKind::Primary.span(span.clone()).label(label)));
    let report = [Level::NOTE.primary_title("where it waits").element(snippet)];
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    format!("\n{}\n", renderer.render(&report))
}

fn label(machine: &Machine, state: &State) -> String {
    let mut label = state.kind.to_string();
    if let Some(size) = machine.size {
        let map = machine.known_byte_map(state);
        let slots = map.iter().filter(|segment| matches!(segment.kind, SegmentKind::Slot(_)));
        let stored: u64 = slots.map(|segment| segment.size).sum();
        label += &format!(": stores {} of {}", stored, Bytes(Some(size)));
    }
    for slot in state.slots.iter() {
        for target in slot.points_at.iter().filter(|target| target.certainty == Certainty::Certain) {
            label += &format!("; {} {}", words::code(&slot.name), words::points_at(state, target));
        }
    }
    label
}

/// The `await` of a line, or what is on it: debug info has no columns. States on one line are in the order of its awaits, so
/// that this is the one with that index, if there are as many as there are states.
fn await_in_line(source: &str, line: u32, index_on_line: usize, states_on_line: usize) -> Option<Range<usize>> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let text = source.split_inclusive('\n').nth(index)?;
    let start: usize = source.split_inclusive('\n').take(index).map(str::len).sum();
    let code = text.split("//").next().unwrap_or(text);
    let awaits: Vec<usize> = code.match_indices(".await").map(|(at, _)| at).collect();
    if awaits.len() == states_on_line {
        let at = start + awaits.get(index_on_line)?;
        return Some(at + 1..at + 6);
    }
    let trimmed = text.trim();
    let indent = text.len() - text.trim_start().len();
    (!trimmed.is_empty()).then_some(start + indent..start + indent + trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(source: &str, line: u32, index: usize, states: usize) -> (usize, &str) {
        let span = await_in_line(source, line, index, states).unwrap();
        (span.start, &source[span])
    }

    #[test]
    fn each_await_of_a_line_is_its_own() {
        let source = "fn f\n  a.await + b.await // not .await\n  join!(a, b);\n";
        assert_eq!(quoted(source, 2, 0, 2), (9, "await"));
        assert_eq!(quoted(source, 2, 1, 2), (19, "await"));
    }

    #[test]
    fn a_line_whose_awaits_are_unclear_is_quoted_whole() {
        let source = "fn f\n  a.await + b.await // not .await\n  join!(a, b);\n";
        assert_eq!(quoted(source, 2, 0, 1).1, "a.await + b.await // not .await");
        assert_eq!(quoted(source, 3, 0, 2).1, "join!(a, b);");
        assert_eq!(await_in_line(source, 9, 0, 1), None);
    }
}
