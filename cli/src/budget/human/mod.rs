//! Prints what was found as the compiler prints errors.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use pinsight_machine::Location;
use pinsight_machine::views::shown_file;

use super::source::{self, Read};
use super::{Outcome, UnusedBudget, Violation};

/// At most as many names are listed in a note.
const LISTED: usize = 5;

/// Errors at the functions with the source from the disk, then warnings, notes, and a line that sums it up.
pub(crate) fn human(outcome: &Outcome, root: &str, color: bool) -> String {
    render(outcome, root, color, &source::from_disk)
}

/// As [`human`], with the source from `read`. Where there is none, the place is told without it.
pub(super) fn render(outcome: &Outcome, root: &str, color: bool, read: Read<'_>) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut sources = Sources { read, root, files: BTreeMap::new() };
    outcome.violations.iter().for_each(|violation| sources.load(violation));
    let mut text = String::new();
    let mut print = |group: Group<'_>| {
        let _ = writeln!(text, "{}\n", renderer.render(&[group]));
    };
    outcome.violations.iter().for_each(|violation| print(error(violation, &sources)));
    outcome.unused.iter().for_each(|budget| print(warning(budget)));
    let notes = [(&outcome.new, "new since the baseline"), (&outcome.vanished, "only in the baseline")];
    for (names, what) in notes.into_iter().filter(|(names, _)| !names.is_empty()) {
        let title = format!("{} {what}: {}", machines(names.len()), list(names));
        let help = Level::HELP.message("write a new baseline with `cargo pinsight baseline`");
        print(Level::NOTE.primary_title(title).element(help));
    }
    text += &summary(outcome);
    text
}

fn error<'a>(violation: &'a Violation, sources: &'a Sources<'_>) -> Group<'a> {
    let title = Level::ERROR.primary_title(&*violation.message).id(violation.rule.name());
    let mut group = Group::with_title(title);
    if let Some(location) = &violation.location {
        group = match sources.snippet(location, violation) {
            Some(snippet) => group.element(snippet),
            None => {
                let origin = Origin::path(shown_file(&location.file, sources.root));
                group.element(origin.line(usize::try_from(location.line).unwrap_or(usize::MAX)))
            }
        };
    }
    let budget = format!("its budget is at {}", violation.budget);
    group.element(Level::NOTE.message(budget)).element(Level::HELP.message(&*violation.help))
}

fn warning(budget: &UnusedBudget) -> Group<'_> {
    let title = Level::WARNING.primary_title(format!("no machine fits the budget for `{}`", budget.path));
    let line = usize::try_from(budget.location.line).unwrap_or(usize::MAX);
    let help = match &budget.near[..] {
        [] => "write a path as `cargo pinsight list` prints it; `*` stands for any text".to_owned(),
        near => format!("the whole path has to fit: write `{}`", near.join("`, or `")),
    };
    title.element(Origin::path(&*budget.location.file).line(line)).element(Level::HELP.message(help))
}

/// `9 machines checked: 1 error, 1 warning`
pub(super) fn summary(outcome: &Outcome) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (errors, warnings) = (outcome.violations.len(), outcome.unused.len());
    let mut text = format!("{} checked: {errors} violation{}", machines(outcome.checked), plural(errors));
    if warnings > 0 {
        let _ = write!(text, ", {warnings} warning{}", plural(warnings));
    }
    text + "\n"
}

fn machines(count: usize) -> String {
    format!("{count} machine{}", if count == 1 { "" } else { "s" })
}

fn list(names: &[String]) -> String {
    let listed = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > LISTED { format!("{listed} and {} more", names.len() - LISTED) } else { listed }
}

/// The files that are quoted; `None` for one that cannot be read.
struct Sources<'a> {
    read: Read<'a>,
    root: &'a str,
    files: BTreeMap<String, Option<String>>,
}

impl Sources<'_> {
    fn load(&mut self, violation: &Violation) {
        if let Some(Location { file, .. }) = &violation.location {
            let read = self.read;
            self.files.entry(file.to_string()).or_insert_with(|| read(file));
        }
    }

    fn snippet<'a>(
        &'a self,
        location: &Location,
        violation: &'a Violation,
    ) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
        let text = self.files.get(&*location.file)?.as_deref()?;
        let span = source::line(text, location.line)?;
        let label = violation.limit.zip(violation.size).map(|(limit, size)| format!("{size} of {limit} bytes"));
        let primary = AnnotationKind::Primary.span(span);
        let primary = match label {
            Some(label) => primary.label(label),
            None => primary,
        };
        // Waits in other files are those of macros.
        let labels = violation.labels.iter().filter(|label| label.location.file == location.file);
        let context = labels.filter_map(|label| {
            Some(AnnotationKind::Context.span(source::word(text, label.location.line, "await")?).label(&*label.text))
        });
        let path = shown_file(violation.location.as_ref().map_or("", |location| &location.file), self.root);
        Some(Snippet::source(text).path(path).annotation(primary).annotations(context))
    }
}
