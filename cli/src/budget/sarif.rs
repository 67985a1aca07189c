//! SARIF 2.1.0, the form in which analysers tell what they found.

use std::fmt::Write;

use pinsight_machine::Location;
use pinsight_machine::views::file_below;
use serde_json::{Value, json};

use super::{Outcome, Rule, UnusedBudget, Violation};

/// The rule of a budget that no machine fits.
const UNUSED: &str = "unused-budget";

/// The document. Places below the root are relative to `SRCROOT`, so that it means the same on another computer.
pub(crate) fn sarif(outcome: &Outcome, root: &str) -> Value {
    let rule = |id: &str, text: &str, level: &str| json!({ "id": id, "shortDescription": { "text": text }, "defaultConfiguration": { "level": level } });
    let mut rules: Vec<Value> = Rule::ALL.iter().map(|kind| rule(kind.name(), kind.description(), "error")).collect();
    rules.push(rule(UNUSED, "a budget that no machine fits", "warning"));
    let results: Vec<Value> = outcome
        .violations
        .iter()
        .map(|violation| error(violation, root))
        .chain(outcome.unused.iter().map(|budget| warning(budget, root)))
        .collect();
    let driver = json!({
        "name": "cargo-pinsight", "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"), "rules": rules,
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    })
}

fn error(violation: &Violation, root: &str) -> Value {
    let mut found = json!({ "logicalLocations": [{ "fullyQualifiedName": violation.machine, "kind": "function" }] });
    if let Some(location) = &violation.location {
        found["physicalLocation"] = physical(location, root);
    }
    let related = violation.labels.iter().enumerate().map(|(id, label)| {
        json!({ "id": id, "physicalLocation": physical(&label.location, root), "message": { "text": label.text } })
    });
    json!({
        "ruleId": violation.rule.name(),
        "level": "error",
        "message": { "text": format!("{}\nhelp: {}", violation.message, violation.help) },
        "locations": [found],
        "relatedLocations": related.collect::<Vec<_>>(),
        // So that a result is known again when lines have moved.
        "partialFingerprints": { "machine/v1": format!("{} {}", violation.rule.name(), violation.id) },
    })
}

fn warning(budget: &UnusedBudget, root: &str) -> Value {
    json!({
        "ruleId": UNUSED,
        "level": "warning",
        "message": { "text": format!("no machine fits the budget for `{}`", budget.path) },
        "locations": [{ "physicalLocation": physical(&budget.location, root) }],
    })
}

fn physical(location: &Location, root: &str) -> Value {
    let file = match file_below(&location.file, root) {
        None if location.file.starts_with('/') => json!({ "uri": format!("file://{}", uri(&location.file)) }),
        below => json!({ "uri": uri(below.unwrap_or(&location.file)), "uriBaseId": "SRCROOT" }),
    };
    let mut region = json!({ "startLine": location.line.max(1) });
    if let Some(column) = location.column {
        region["startColumn"] = column.into();
    }
    json!({ "artifactLocation": file, "region": region })
}

/// A path as part of a URI: what is not plain is written as its bytes.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    path.bytes().fold(String::new(), |mut uri, byte| {
        if is_plain(byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::check::Label;

    fn location(file: &'static str, line: u32) -> Location {
        Location { file: file.into(), line, column: None }
    }

    #[test]
    fn places_and_rules() {
        let violation = Violation {
            rule: Rule::SelfReferences,
            machine: "app::f".into(),
            id: "app::f::{async_fn_env#0}".into(),
            location: Some(location("/w/src/a bé.rs", 7)),
            message: "`app::f` holds a reference into itself".into(),
            help: "see".into(),
            size: None,
            limit: None,
            labels: vec![Label { location: location("/rustc/x.rs", 0), text: "Suspend0".into() }],
            budget: location("pinsight.toml", 1),
        };
        let nowhere = Violation { location: None, ..violation.clone() };
        let unused = UnusedBudget {
            path: "x".into(),
            location: Location { column: Some(8), ..location("pinsight.toml", 2) },
            near: Vec::new(),
        };
        let outcome =
            Outcome { violations: vec![violation, nowhere], unused: vec![unused], checked: 3, ..Outcome::default() };
        let sarif = sarif(&outcome, "/w/");
        let results = &sarif["runs"][0]["results"];
        let physical = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"], json!({ "uri": "src/a%20b%C3%A9.rs", "uriBaseId": "SRCROOT" }));
        assert_eq!(physical["region"]["startLine"], 7);
        let related = &results[0]["relatedLocations"][0]["physicalLocation"];
        assert_eq!(related["artifactLocation"], json!({ "uri": "file:///rustc/x.rs" }));
        assert_eq!(related["region"]["startLine"], 1, "a line is counted from 1");
        assert_eq!(results[1]["locations"][0].get("physicalLocation"), None);
        assert_eq!((&results[2]["ruleId"], &results[2]["level"]), (&UNUSED.into(), &"warning".into()));
        let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        for result in results.as_array().unwrap() {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
        }
    }
}
