//! Prints advice: for people, a line each, and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use pinsight_machine::views::{Thousands, shown_file};
use serde_json::json;

use super::{Advice, LEAST, Survey};
use crate::budget::source::{self, Read};
use crate::load::json::FORMAT_VERSION;

/// As the compiler gives help, with the source from the disk.
pub(crate) fn human(survey: &Survey, root: &str, color: bool) -> String {
    render(survey, root, color, &source::from_disk)
}

/// As [`human`], with the source from `read`.
pub(super) fn render(survey: &Survey, root: &str, color: bool, read: Read<'_>) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut files: BTreeMap<String, Option<String>> = BTreeMap::new();
    for location in survey.advice.iter().filter_map(|advice| advice.location.as_ref()) {
        files.entry(location.file.to_string()).or_insert_with(|| read(&location.file));
    }
    let mut text = String::new();
    for advice in &survey.advice {
        let source = advice.location.as_ref().and_then(|location| files.get(&*location.file)?.as_deref());
        let _ = writeln!(text, "{}\n", renderer.render(&[group(advice, source, root)]));
    }
    for note in notes(survey) {
        let _ = writeln!(text, "{}\n", renderer.render(&[Group::with_title(Level::NOTE.primary_title(note))]));
    }
    text + &summary(survey)
}

fn group<'a>(advice: &'a Advice, source: Option<&'a str>, root: &'a str) -> Group<'a> {
    let (saves, size) = (advice.saves, Thousands(advice.size));
    let title = format!("save {saves} of the {size} bytes of `{}`", advice.machine);
    let mut group = Group::with_title(Level::HELP.primary_title(title).id(advice.kind.name()));
    if let Some(location) = &advice.location {
        let path = shown_file(&location.file, root);
        let marks = source.map_or_else(Vec::new, |source| annotations(advice, source));
        group = match source.filter(|_| !marks.is_empty()) {
            Some(source) => group.element(Snippet::source(source).path(path).annotations(marks)),
            None => group.element(Origin::path(path).line(usize::try_from(location.line).unwrap_or(usize::MAX))),
        };
    }
    group.element(Level::NOTE.message(&*advice.message)).element(Level::HELP.message(&*advice.help))
}

/// The first label is what it is about. Places in other files are those of macros.
fn annotations<'a>(advice: &'a Advice, source: &str) -> Vec<Annotation<'a>> {
    let here = advice
        .labels
        .iter()
        .filter(|label| Some(&label.location.file) == advice.location.as_ref().map(|location| &location.file));
    here.enumerate()
        .filter_map(|(index, label)| {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            Some(kind.span(source::word(source, label.location.line, &label.word)?).label(&*label.text))
        })
        .collect()
}

fn notes(survey: &Survey) -> Vec<String> {
    let machines = |count: usize| format!("{count} machine{}", if count == 1 { "" } else { "s" });
    let mut notes = Vec::new();
    if survey.without_reasons > 0 {
        notes.push(format!(
            "without MIR it is not known whether anything still needs what is stored: of {} only the layout was looked at",
            machines(survey.without_reasons)
        ));
    }
    if survey.not_understood > 0 {
        notes.push(format!(
            "{} left out: what they store is not known well enough to work out their sizes",
            machines(survey.not_understood)
        ));
    }
    notes
}

fn summary(survey: &Survey) -> String {
    match survey.advice.len() {
        0 => format!("nothing to advise: no change that is known here would save {LEAST} bytes or more\n"),
        1 => "1 piece of advice\n".into(),
        count => {
            format!(
                "{count} pieces of advice, each with what it saves alone; what contains a machine gets smaller with it\n"
            )
        }
    }
}

/// A line for each.
pub(crate) fn short(survey: &Survey, root: &str) -> String {
    let mut text = String::new();
    for advice in &survey.advice {
        if let Some(location) = &advice.location {
            let _ = write!(text, "{}: ", location.shown(root));
        }
        let Advice { machine, message, saves, kind, .. } = advice;
        let _ = writeln!(text, "help[{}]: `{machine}`: saves {saves} bytes: {message}", kind.name());
    }
    text
}

/// All of it.
pub(crate) fn json(survey: &Survey) -> serde_json::Value {
    json!({
        "format_version": FORMAT_VERSION,
        "advice": survey.advice,
        "not_understood": survey.not_understood,
        "without_reasons": survey.without_reasons,
    })
}
