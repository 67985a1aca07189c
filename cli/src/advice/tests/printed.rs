use pinsight_machine::Location;

use crate::advice::labels::Label;
use crate::advice::print::{json, render, short};
use crate::advice::saving::Precision;
use crate::advice::{Advice, Kind, Saving, Survey};

const SOURCE: &str = "async fn f() {\n    let wide = [7u8; 500];\n    op(wide).await;\n}\n";

fn survey() -> Survey {
    let location = |line| Location { file: "/w/src/a.rs".into(), line, column: None };
    let label = |line, word: &str, text: &str| Label { location: location(line), word: word.into(), text: text.into() };
    let advice = Advice {
        machine: "app::f".into(),
        id: "app::f::{async_fn_env#0}".into(),
        kind: Kind::Scope,
        slot: "wide".into(),
        location: Some(location(2)),
        size: 1503,
        saves: Saving { bytes: 1500, precision: Precision::AtLeast },
        message: "`wide` (1,500 bytes) is stored in Suspend0, and nothing uses it there".into(),
        help: "put it into a block".into(),
        labels: vec![label(2, "wide", "1,500 bytes"), label(3, "await", "stored in Suspend0")],
    };
    Survey { advice: vec![advice], not_understood: 1, without_reasons: 2 }
}

#[test]
fn it_looks_like_the_help_of_the_compiler() {
    let text = render(&survey(), "/w/", false, &|_| Some(SOURCE.into()));
    assert_eq!(
        text,
        "\
help[scope]: save at least 1,500 of the 1,503 bytes of `app::f`
 --> src/a.rs:2:9
  |
2 |     let wide = [7u8; 500];
  |         ^^^^ 1,500 bytes
3 |     op(wide).await;
  |              ----- stored in Suspend0
  |
  = note: `wide` (1,500 bytes) is stored in Suspend0, and nothing uses it there
  = help: put it into a block

note: without MIR it is not known whether anything still needs what is stored: of 2 machines only the layout was looked at

note: 1 machine left out: what they store is not known well enough to work out their sizes

1 piece of advice
"
    );
}

#[test]
fn without_the_source_the_place_is_told() {
    let text = render(&survey(), "/w/", false, &|_| None);
    assert!(text.contains("--> src/a.rs:2\n"), "{text}");
    assert!(render(&Survey::default(), "", false, &|_| None).starts_with("nothing to advise: "));
}

#[test]
fn forms_for_programs() {
    assert_eq!(
        short(&survey(), "/w/"),
        "src/a.rs:2: help[scope]: `app::f`: saves at least 1,500 bytes: \
         `wide` (1,500 bytes) is stored in Suspend0, and nothing uses it there\n"
    );
    let json = json(&survey());
    assert_eq!(json["advice"][0]["saves"], serde_json::json!({ "bytes": 1500, "precision": "at-least" }));
    assert_eq!(json["without_reasons"], 2);
}
