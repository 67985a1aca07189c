//! Text that no compiler wrote.

use super::read;
use pinsight_machine::Certainty;

/// A small machine with this in its first block, and a suspension behind that.
fn machine(lines: &str) -> String {
    format!(
        "fn f::{{closure#0}}(_1: Pin<&mut {{async fn body of f()}}>, _2: &mut Context<'_>) -> Poll<()> {{
    let mut _9: &mut {{async fn body of f()}};

    bb0: {{
        _9 = copy (_1.0: &mut {{async fn body of f()}});
        _8 = discriminant((*_9));
        switchInt(move _8) -> [0: bb1, 3: bb1, otherwise: bb1];
    }}

    bb1: {{
{lines}
        discriminant((*_9)) = 3;
        return;
    }}
}}
"
    )
}

const BORROW: &str = "(((*_9) as variant#3).1: &u8) = &(((*_9) as variant#3).0: u8);\n";

/// Numbers that look random and are the same in every run.
fn random(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

#[test]
fn damaged_text_is_read_without_a_panic() {
    let source = machine(
        "        (((*_9) as variant#3).1: &u8) = &(((*_9) as variant#3).0: u8);
        _3 = S { a: copy (((*_9) as variant#3).1: &u8), b: const \"x\\\"y\" };
        _4 = <S as Clone>::clone::<fn(A) -> B>(copy _3, const 'x') -> [return: bb1, unwind continue];",
    );
    let seed = &mut 1;
    for _ in 0..3000 {
        let mut bytes = source.clone().into_bytes();
        for _ in 0..1 + random(seed) % 4 {
            let at = random(seed) % bytes.len();
            match random(seed) % 3 {
                0 => drop(bytes.remove(at)),
                1 => bytes[at] = b"(){}[]<>'\"\\_&*.,;: \n\xc3\xa91"[random(seed) % 23],
                _ => bytes.truncate(at.max(1)),
            }
        }
        read(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_line_that_is_not_understood_leaves_nothing_certain() {
    let known = read(&machine(BORROW));
    assert_eq!(known.machines[0].states[0].points_at[0].certainty, Certainty::Certain);
    let unknown = read(&machine(&format!("{BORROW}        conjure up 17 rabbits;\n")));
    assert_eq!(unknown.unknown.into_iter().collect::<Vec<_>>(), [("conjure up  rabbits;".to_owned(), 1)]);
    assert_eq!(unknown.machines[0].unknown_lines, 1);
    let fact = &unknown.machines[0].states[0].points_at[0];
    assert_eq!((fact.certainty, fact.through.as_str()), (Certainty::Possible, "a line that is not understood"));
}

#[test]
fn deep_nesting_and_endless_lines_are_refused() {
    for start in ["(", "<", "{", "[", "&", "'", "\"", "((*", "_1 as ", "<A as ", "f::<"] {
        read(&machine(&format!("        _3 = {};\n", start.repeat(100_000))));
        read(&machine(&format!("        {} = const 1_u8;\n", start.repeat(100_000))));
    }
    let place = format!("{}_3{}", "(*".repeat(50_000), ")".repeat(50_000));
    let file = read(&machine(&format!("        _4 = copy {place};\n")));
    assert_eq!(file.machines[0].unknown_lines, 1);
}

#[test]
fn what_grows_without_end_is_given_up() {
    // Every block hands each of its references on to every later one.
    let mut blocks = String::new();
    for block in 2..150 {
        blocks += &format!("    }}\n\n    bb{block}: {{\n        _{block} = &_{};\n", block + 1000);
        blocks += &format!(
            "        _5000 = f(copy _{block}, copy _5000) -> [return: bb{}, unwind: bb{}];\n",
            block + 1,
            block / 2
        );
    }
    let text = machine(&format!("        goto -> bb2;\n{blocks}    }}\n\n    bb150: {{\n{BORROW}"));
    let file = read(&text);
    assert!(file.machines[0].states[0].points_at.iter().all(|fact| fact.certainty == Certainty::Possible));
    assert!(file.machines[0].incomplete);
}
