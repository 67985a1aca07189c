//! Every view of every machine in `machines`, against the files in `golden`. `PINSIGHT_BLESS=1` writes the files anew.

mod machines;

use std::fmt::Write;
use std::path::PathBuf;

use pinsight_machine::views::{MarkdownOptions, MermaidOptions, SvgOptions, TextOptions};
use pinsight_machine::{Machine, Role, Slot, State, StateKind};

const ROOT: &str = "/home/me/app";

fn golden(file: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    if std::env::var_os("PINSIGHT_BLESS").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == actual, "{file} has changed; if it should, set PINSIGHT_BLESS=1\n{actual}");
}

fn plain() -> TextOptions<'static> {
    TextOptions { root: ROOT, ..TextOptions::default() }
}

#[test]
fn text() {
    for (name, machine) in machines::all() {
        let text = machine.to_text(&plain()).to_string();
        assert!(!text.contains('\u{1b}'), "an escape code without colour");
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
        golden(&format!("{name}.txt"), &text);
    }
}

#[test]
fn text_in_colour_says_the_same() {
    for (_, machine) in machines::all() {
        let options = TextOptions { color: true, ..plain() };
        let colored = machine.to_text(&options).to_string();
        let mut stripped = String::new();
        for (index, part) in colored.split("\u{1b}[").enumerate() {
            stripped += if index == 0 { part } else { part.split_once('m').unwrap().1 };
        }
        let same_fill = |text: &str| text.replace('▓', "█");
        assert_eq!(same_fill(&stripped), same_fill(&machine.to_text(&plain()).to_string()));
    }
    let options = TextOptions { color: true, ..plain() };
    golden("process_data.ansi", &machines::PROCESS_DATA.to_text(&options).to_string());
}

#[test]
fn text_keeps_to_its_width() {
    for width in [80, 100, 160] {
        for (name, machine) in machines::all().iter().filter(|(name, _)| *name != "hostile") {
            let text = machine.to_text(&TextOptions { width, ..plain() }).to_string();
            for line in text.lines().filter(|line| line.starts_with("  ")) {
                assert!(line.chars().count() <= width, "{name} at {width}: {line}");
            }
        }
    }
}

#[test]
fn full_types_are_whole() {
    let options = TextOptions { full_types: true, ..plain() };
    let text = machines::handler().to_text(&options).to_string();
    assert!(text.contains("http::request::Request<axum_core::body::Body>"));
    assert!(text.contains("alloc::vec::Vec<app::db::Row, alloc::alloc::Global>"));
}

#[test]
fn parts_make_the_whole() {
    let machine = machines::handler();
    let mut parts = machine.header_to_text(&plain()).to_string();
    for state in machine.states.iter() {
        write!(parts, "{}", machine.state_to_text(state, &plain())).unwrap();
    }
    write!(parts, "{}", machine.remarks_to_text(&plain())).unwrap();
    assert_eq!(parts.replace('\n', ""), machine.to_text(&plain()).to_string().replace('\n', ""));
}

#[test]
fn markdown() {
    for (name, machine) in machines::all() {
        let options = MarkdownOptions { root: ROOT, ..MarkdownOptions::default() };
        let markdown = machine.to_markdown(&options).to_string();
        let rows = markdown.lines().filter(|line| line.starts_with('|'));
        let mut cells: Vec<usize> = rows.map(|row| row.replace("\\|", "").matches('|').count()).collect();
        cells.dedup();
        assert!(cells.len() <= 1, "{name}: {cells:?}");
        golden(&format!("{name}.md"), &markdown);
    }
}

#[test]
fn mermaid() {
    for (name, machine) in machines::all() {
        golden(
            &format!("{name}.mmd"),
            &machine.to_mermaid(&MermaidOptions { root: ROOT, ..Default::default() }).to_string(),
        );
    }
}

fn svg_of(machine: &Machine) -> String {
    machine.to_svg(&SvgOptions { root: ROOT, ..SvgOptions::default() }).to_string()
}

#[test]
fn svg() {
    for (name, machine) in machines::all() {
        golden(&format!("{name}.svg"), &svg_of(&machine));
    }
}

#[test]
fn svg_is_well_formed() {
    for (name, machine) in machines::all() {
        let svg = svg_of(&machine);
        let mut open: Vec<&str> = Vec::new();
        for tag in svg.split('<').skip(1) {
            let (tag, text) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: unclosed <{tag}"));
            assert!(!text.contains('>') || open.last() == Some(&"style"), "{name}: {text}");
            assert!(tag.matches('"').count() % 2 == 0, "{name}: {tag}");
            if let Some(closed) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{name}");
            } else if !tag.ends_with('/') {
                open.push(tag.split(' ').next().unwrap());
            }
            assert!(!tag.contains("NaN") && !tag.contains("inf"), "{name}: {tag}");
        }
        assert!(open.is_empty());
        assert!(!svg.contains(" id=") && !svg.contains("href"), "it must go into a page several times");
    }
}

#[test]
fn svg_labels_do_not_overlap() {
    let svg = svg_of(&machines::extreme());
    let heights = |class: &str| -> Vec<f64> {
        let lines = svg.lines().filter(|line| line.contains(class));
        lines.map(|line| line.split(r#" y=""#).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()).collect()
    };
    let types = heights(r#"class="small type""#);
    assert_eq!(types.len(), 8);
    assert!(types.windows(2).all(|pair| pair[1] - pair[0] > 30.0), "{types:?}");
}

#[test]
fn one_style_is_enough_for_a_page() {
    let options = SvgOptions { style: false, ..SvgOptions::default() };
    let svg = machines::PROCESS_DATA.to_svg(&options).to_string();
    assert!(!svg.contains("<style"));
    assert!(svg.contains(r#"class="pinsight-machine""#));
}

#[test]
fn what_is_unknown_is_never_zero() {
    let mut machine = machines::PROCESS_DATA;
    machine.size = None;
    machine.states.to_mut()[3].slots.to_mut()[0].size = None;
    let text = machine.to_text(&plain()).to_string();
    assert!(!text.contains(" 0 bytes") && text.contains("? bytes, align 8"), "{text}");
    assert!(text.contains("0     ?  val"), "{text}");
    let state = machine.state(StateKind::Suspended(0)).unwrap();
    assert!(machine.byte_map(state).is_none());
}

/// What is known of no part of a machine has no place in any view.
#[test]
fn what_is_nowhere_known_is_left_out() {
    for (machine, has_types) in [(machines::predicted(), true), (machines::untyped(), false)] {
        let text = machine.to_text(&plain()).to_string();
        let markdown = machine.to_markdown(&MarkdownOptions { root: ROOT, ..MarkdownOptions::default() }).to_string();
        let mermaid = machine.to_mermaid(&MermaidOptions::default()).to_string();
        let svg = svg_of(&machine);
        for view in [&text, &markdown, &mermaid, svg.split("</style>").nth(1).unwrap()] {
            for word in ["offset", "size", " byte", "align", "discriminant", "padding\n", "at ?", "= ?"] {
                assert!(!view.contains(word), "{word} is in:\n{view}");
            }
            assert!(view.contains("its type needs drop"), "what decides it is not in:\n{view}");
            assert!(machine.remarks.is_empty() || view.contains("in line 5 is not understood"), "{view}");
        }
        let in_text = text.lines().any(|line| line.trim_start().starts_with("name ") && line.contains(" type "));
        assert_eq!((in_text, markdown.contains("| type |")), (has_types, has_types), "{text}{markdown}");
        let maybe: Vec<&str> = text.lines().filter(|line| line.starts_with("  ?  ")).collect();
        let count = |line: &&str| line.contains("maybe: stored if");
        assert_eq!(maybe.len(), text.lines().filter(count).count(), "each is marked:\n{text}");
        assert!(!maybe.is_empty());
    }
}

#[test]
fn headings_stand_above_short_names_and_types() {
    let slot = Slot { type_name: Some("u8".into()), ..Slot::new("m".into(), Role::Local) };
    let state = State { slots: vec![slot].into(), ..State::new(StateKind::Suspended(0)) };
    let machine = Machine { states: vec![state].into(), ..machines::untyped() };
    let text = machine.to_text(&plain()).to_string();
    assert!(text.ends_with("     name  type  why\n     m     u8    ?\n"), "{text}");
}

/// One known fact brings its column back.
#[test]
fn what_is_known_somewhere_is_shown() {
    let mut machine = machines::untyped();
    machine.states.to_mut()[1].slots.to_mut()[0].size = Some(24);
    let text = machine.to_text(&plain()).to_string();
    assert!(text.contains("   24  map") && text.contains("    ?  entry"), "{text}");
    let markdown = machine.to_markdown(&MarkdownOptions::default()).to_string();
    assert!(markdown.contains("| offset | size | name | why |"), "{markdown}");
}
