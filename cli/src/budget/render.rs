//! How violations are printed: for people, for a line-oriented tool, and for the services that show them beside the code.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use pinsight_machine::Place;
use serde_json::json;

use super::{Outcome, Rule, Violation};
use crate::document::FORMAT_VERSION;

/// As the compiler prints errors.
pub(crate) fn human(outcome: &Outcome, root: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for violation in &outcome.violations {
        let title = Level::ERROR.primary_title(&violation.message).id(violation.rule.name());
        let source =
            violation.place.as_ref().and_then(|place| Some((place, std::fs::read_to_string(&*place.file).ok()?)));
        let span = source.as_ref().and_then(|(place, source)| line_span(source, place.line));
        let mut group = title.elements([] as [Snippet<'_, annotate_snippets::Annotation<'_>>; 0]);
        if let (Some((place, source)), Some(span)) = (&source, span) {
            let path = place.file.strip_prefix(root).unwrap_or(&place.file);
            group = group.element(Snippet::source(source).path(path).annotation(AnnotationKind::Primary.span(span)));
        }
        group = group.element(Level::HELP.message(&violation.help));
        let _ = writeln!(text, "{}\n", renderer.render(&[group]));
    }
    for path in &outcome.unused {
        let title = format!("no machine fits the budget for `{path}`");
        let group =
            Level::WARNING.primary_title(&title).element(Level::HELP.message("correct its `path`, or remove it"));
        let _ = writeln!(text, "{}\n", renderer.render(&[group]));
    }
    let count = outcome.violations.len();
    let plural = if count == 1 { "" } else { "s" };
    let _ = writeln!(text, "{} machines checked, {count} violation{plural}", outcome.checked);
    text
}

/// The text of a line, without its indent.
fn line_span(source: &str, line: u32) -> Option<std::ops::Range<usize>> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let text = source.split_inclusive('\n').nth(index)?;
    let start: usize = source.split_inclusive('\n').take(index).map(str::len).sum();
    let indent = text.len() - text.trim_start().len();
    let length = text.trim().len();
    (length > 0).then_some(start + indent..start + indent + length)
}

fn place(violation: &Violation, root: &str) -> (String, u32) {
    violation.place.as_ref().map_or((String::new(), 1), |Place { file, line, .. }| {
        (file.strip_prefix(root).unwrap_or(file).to_owned(), *line)
    })
}

pub(crate) fn short(outcome: &Outcome, root: &str) -> String {
    outcome.violations.iter().fold(String::new(), |mut text, violation| {
        let (file, line) = place(violation, root);
        let _ = writeln!(text, "{file}:{line}: error[{}]: {}", violation.rule.name(), violation.message);
        text
    })
}

pub(crate) fn json(outcome: &Outcome) -> serde_json::Value {
    json!({
        "format_version": FORMAT_VERSION, "checked": outcome.checked,
        "violations": outcome.violations, "unused_budgets": outcome.unused,
    })
}

/// Annotations of GitHub Actions.
pub(crate) fn github(outcome: &Outcome, root: &str) -> String {
    let message = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| message(text).replace(':', "%3A").replace(',', "%2C");
    outcome.violations.iter().fold(String::new(), |mut text, violation| {
        let (file, line) = place(violation, root);
        let title = format!("cargo pinsight: {}", violation.rule.name());
        let body = format!("{}\nhelp: {}", violation.message, violation.help);
        let _ = writeln!(
            text,
            "::error file={},line={line},title={}::{}",
            property(&file),
            property(&title),
            message(&body)
        );
        text
    })
}

/// SARIF 2.1.0.
pub(crate) fn sarif(outcome: &Outcome, root: &str) -> serde_json::Value {
    let rules: Vec<_> = Rule::ALL
        .iter()
        .map(|rule| json!({ "id": rule.name(), "shortDescription": { "text": rule.description() } }))
        .collect();
    let results: Vec<_> = outcome
        .violations
        .iter()
        .map(|violation| {
            let (file, line) = place(violation, root);
            let location = json!({
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(&file) }, "region": { "startLine": line },
                },
                "logicalLocations": [{ "fullyQualifiedName": violation.machine, "kind": "function" }],
            });
            json!({
                "ruleId": violation.rule.name(), "level": "error",
                "message": { "text": format!("{}\nhelp: {}", violation.message, violation.help) },
                "locations": [location],
            })
        })
        .collect();
    let driver = json!({
        "name": "cargo-pinsight", "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"), "rules": rules,
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "results": results }],
    })
}

/// A path as part of a URI: what is not plain is written as its bytes.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    path.bytes().fold(String::new(), |mut uri, byte| {
        if is_plain(byte) {
            uri.push(byte as char);
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome() -> Outcome {
        let place = Place { file: "/w/src/a b.rs".into(), line: 7, column: None };
        let violation = Violation {
            rule: Rule::MaxSize,
            machine: "app::f".into(),
            place: Some(place),
            message: "`app::f` is 100 % too large".into(),
            help: "see".into(),
        };
        Outcome { violations: vec![violation], unused: vec!["x".into()], checked: 3 }
    }

    #[test]
    fn each_form_names_place_and_rule() {
        assert_eq!(short(&outcome(), "/w/"), "src/a b.rs:7: error[max-size]: `app::f` is 100 % too large\n");
        assert_eq!(
            github(&outcome(), "/w/"),
            "::error file=src/a b.rs,line=7,title=cargo pinsight%3A max-size::`app::f` is 100 %25 too large%0Ahelp: see\n"
        );
        let sarif = sarif(&outcome(), "/w/");
        let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "src/a%20b.rs");
        assert_eq!(location["region"]["startLine"], 7);
    }

    #[test]
    fn a_budget_that_guards_nothing_is_a_warning() {
        let text = human(&outcome(), "/w/", false);
        assert!(text.contains("error[max-size]: `app::f` is 100 % too large"), "{text}");
        assert!(text.contains("warning: no machine fits the budget for `x`"), "{text}");
        assert!(text.ends_with("3 machines checked, 1 violation\n"), "{text}");
    }
}
