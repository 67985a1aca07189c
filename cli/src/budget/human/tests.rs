use super::*;
use crate::budget::Rule;
use crate::budget::check::Label;

fn location(file: &'static str, line: u32) -> Location {
    Location { file: file.into(), line, column: None }
}

fn violation(file: &'static str) -> Violation {
    Violation {
        rule: Rule::MaxSize,
        machine: "app::f".into(),
        id: "app::f".into(),
        location: Some(location(file, 2)),
        message: "`app::f` is 300 bytes large, 200 bytes more than its budget".into(),
        help: "make it smaller".into(),
        size: Some(300),
        limit: Some(100),
        labels: vec![Label { location: location(file, 3), text: "Suspend0".into() }],
        budget: location("pinsight.toml", 1),
    }
}

const SOURCE: &str = "// one\nasync fn f() {\n    op().await;\n}\n";

fn read(file: &str) -> Option<String> {
    (file == "/w/src/a.rs").then(|| SOURCE.to_owned())
}

#[test]
fn errors_quote_the_function() {
    let outcome = Outcome { violations: vec![violation("/w/src/a.rs")], checked: 3, ..Outcome::default() };
    assert_eq!(
        render(&outcome, "/w/", false, &read),
        "\
error[max-size]: `app::f` is 300 bytes large, 200 bytes more than its budget
 --> src/a.rs:2:1
  |
2 | async fn f() {
  | ^^^^^^^^^^^^^^ 300 of 100 bytes
3 |     op().await;
  |          ----- Suspend0
  |
  = note: its budget is at pinsight.toml:1
  = help: make it smaller

3 machines checked: 1 violation
"
    );
    assert!(render(&outcome, "/w/", true, &read).contains("\u{1b}["));
}

#[test]
fn a_place_that_cannot_be_read_is_told() {
    let outcome = Outcome { violations: vec![violation("/rustc/b.rs")], checked: 1, ..Outcome::default() };
    let text = render(&outcome, "/w/", false, &read);
    assert!(text.contains("more than its budget\n--> /rustc/b.rs:2\n"), "{text}");
    let without = Violation { location: None, ..violation("") };
    let outcome = Outcome { violations: vec![without], checked: 1, ..Outcome::default() };
    assert!(render(&outcome, "/w/", false, &read).contains("= help: make it smaller"));
}

#[test]
fn what_is_no_error_is_told_too() {
    let unused = UnusedBudget { path: "x".into(), location: location("pinsight.toml", 9), near: vec!["app::x".into()] };
    let names = |count: usize| (0..count).map(|index| format!("app::f{index}")).collect::<Vec<_>>();
    let outcome = Outcome { unused: vec![unused], new: names(7), vanished: names(1), checked: 8, ..Outcome::default() };
    assert_eq!(
        render(&outcome, "/w/", false, &read),
        "\
warning: no machine fits the budget for `x`
--> pinsight.toml:9
 = help: the whole path has to fit: write `app::x`

note: 7 machines new since the baseline: `app::f0`, `app::f1`, `app::f2`, `app::f3`, `app::f4` and 2 more
 |
 = help: write a new baseline with `cargo pinsight baseline`

note: 1 machine only in the baseline: `app::f0`
 |
 = help: write a new baseline with `cargo pinsight baseline`

8 machines checked: 0 violations, 1 warning
"
    );
}
