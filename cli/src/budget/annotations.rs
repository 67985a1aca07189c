//! The forms for programs: a line each, JSON, and the annotations of GitHub Actions.

use std::fmt::Write;

use pinsight_machine::Location;
use pinsight_machine::views::file_below;
use serde_json::json;

use super::{Outcome, Violation};
use crate::load::json::FORMAT_VERSION;

/// `src/a.rs:7: error[max-size]: …`
pub(crate) fn short(outcome: &Outcome, root: &str) -> String {
    let mut text = String::new();
    for violation in &outcome.violations {
        let location =
            violation.location.as_ref().map_or(String::new(), |location| format!("{}: ", location.shown(root)));
        let _ = writeln!(text, "{location}error[{}]: {}", violation.rule.name(), violation.message);
    }
    for budget in &outcome.unused {
        let location = budget.location.shown(root);
        let _ = writeln!(text, "{location}: warning: no machine fits the budget for `{}`", budget.path);
    }
    text
}

/// Everything; BUDGETS.md describes the fields.
pub(crate) fn json(outcome: &Outcome) -> serde_json::Value {
    json!({
        "format_version": FORMAT_VERSION,
        "checked": outcome.checked,
        "violations": outcome.violations,
        "unused_budgets": outcome.unused,
        "new": outcome.new,
        "vanished": outcome.vanished,
    })
}

/// Workflow commands of GitHub Actions, which shows them beside the code.
pub(crate) fn github(outcome: &Outcome, root: &str) -> String {
    let mut text = String::new();
    for Violation { rule, location, message, help, .. } in &outcome.violations {
        let title = format!("cargo pinsight: {}", rule.name());
        command(&mut text, "error", location.as_ref(), root, &title, &format!("{message}\nhelp: {help}"));
    }
    for budget in &outcome.unused {
        let message = format!("no machine fits the budget for `{}`", budget.path);
        command(&mut text, "warning", Some(&budget.location), root, "cargo pinsight: unused budget", &message);
    }
    text
}

fn command(text: &mut String, level: &str, location: Option<&Location>, root: &str, title: &str, message: &str) {
    let location = location.map_or(String::new(), |location| {
        format!("file={},line={},", property(file_below(&location.file, root).unwrap_or(&location.file)), location.line)
    });
    let _ = writeln!(text, "::{level} {location}title={}::{}", property(title), data(message));
}

/// A message may have any text, but ends at the end of the line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends at a comma or at two colons.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{Rule, UnusedBudget};

    fn outcome() -> Outcome {
        let budget = Location { file: "pinsight.toml".into(), line: 2, column: Some(8) };
        let violation = Violation {
            rule: Rule::MaxSize,
            machine: "app::f".into(),
            id: "app::f::{async_fn_env#0}".into(),
            location: Some(Location { file: "/w/src/a b,c.rs".into(), line: 7, column: None }),
            message: "`app::f` is 100 % too large".into(),
            help: "see".into(),
            size: Some(200),
            limit: Some(100),
            labels: Vec::new(),
            budget: budget.clone(),
        };
        let nowhere = Violation { location: None, ..violation.clone() };
        let unused = UnusedBudget { path: "x".into(), location: budget, near: Vec::new() };
        Outcome { violations: vec![violation, nowhere], unused: vec![unused], checked: 3, ..Outcome::default() }
    }

    #[test]
    fn one_line_each() {
        assert_eq!(
            short(&outcome(), "/w/"),
            "src/a b,c.rs:7: error[max-size]: `app::f` is 100 % too large\n\
             error[max-size]: `app::f` is 100 % too large\n\
             pinsight.toml:2:8: warning: no machine fits the budget for `x`\n"
        );
    }

    #[test]
    fn what_has_a_meaning_to_github_is_escaped() {
        assert_eq!(
            github(&outcome(), "/w/"),
            "::error file=src/a b%2Cc.rs,line=7,title=cargo pinsight%3A max-size::`app::f` is 100 %25 too large%0Ahelp: see\n\
             ::error title=cargo pinsight%3A max-size::`app::f` is 100 %25 too large%0Ahelp: see\n\
             ::warning file=pinsight.toml,line=2,title=cargo pinsight%3A unused budget::no machine fits the budget for `x`\n"
        );
    }

    #[test]
    fn json_has_all_of_it() {
        let json = json(&outcome());
        assert_eq!((&json["format_version"], &json["checked"]), (&1.into(), &3.into()));
        assert_eq!(json["violations"][0]["rule"], "max-size");
        assert_eq!(json["violations"][0]["limit"], 100);
        assert_eq!(json["unused_budgets"][0]["path"], "x");
    }
}
