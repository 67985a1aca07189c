//! `#[explain]` in-process: the function comes out as it went in, whatever it is, and what is wrong is said once.

use super::robustness::{Numbers, arbitrary};
use crate::explain::explain;
use proc_macro2::TokenStream;

fn expanded(arguments: &str, item: &str) -> String {
    explain(arguments.parse().unwrap(), item.parse().unwrap()).to_string()
}

/// As the tokens print themselves.
fn normal(text: &str) -> String {
    text.parse::<TokenStream>().unwrap().to_string()
}

fn errors(output: &str) -> usize {
    output.matches("compile_error").count()
}

const ALL: &str = "warn, expand, max_size = 1, max_suspends = 9, deny(self_reference)";

/// Bodies of all kinds, with what syn prints in another way than it was written.
const FUNCTIONS: [&str; 8] = [
    "async fn f() { op().await }",
    "pub(in a::b) async unsafe fn f<'a, T: ?Sized,>(x: &'a T,) -> u8 where T: Tr, { ; let _ = (x, ); { op() }.await; 1 }",
    "fn f() -> impl Future<Output = ()> { async move { op().await } }",
    "async fn f() { if (a) { return (b.await); } else if { c } { m!(x . y => z).await } }",
    "async fn r#type(r#fn: u8) { r#fn.await; r#\"raw\"#; 0x_FFu8; 1e3; }",
    "default async fn f(self: Pin<&mut Self>) { self.x.await }",
    "async fn f(mut self) { let x @ (ref a, ..) = self else { return }; a.await }",
    "#[inline] async fn f() { #![allow(unused)] #[cfg(x)] let a = 1; op().await; || async { op().await }; }",
];

#[test]
fn functions_come_out_as_they_went_in() {
    for function in FUNCTIONS {
        for arguments in ["", "warn", "expand", "max_suspends = 0", "value = false", "wrong", ALL] {
            let output = expanded(arguments, function);
            let attributes = function.find(']').filter(|_| function.starts_with('#')).map_or(0, |end| end + 1);
            let body = normal(&function[attributes..]);
            assert!(output.contains(&body), "{arguments}: {function}\n{output}");
        }
    }
}

/// In an impl and in a module, with what there is beside them.
#[test]
fn items_around_come_out_as_they_went_in() {
    for function in FUNCTIONS {
        let attributes = function.find(']').filter(|_| function.starts_with('#')).map_or(0, |end| end + 1);
        let body = normal(&function[attributes..]);
        for item in [
            format!("impl<T: X<{{N}}>> S<T> {{ const A: [u8; 2] = {{ [1, 2] }}; {function} type B = u8; m! {{}} }}"),
            format!("unsafe impl Tr for S where S: Q {{ m!(); {function} fn g() {{}} }}"),
            format!(
                "mod m {{ use a::{{b, c}}; impl S {{ {function} }} {function} mod n {{ {function} struct T(u8); }} }}"
            ),
        ] {
            let output = expanded("warn, docs = false", &item);
            assert_eq!(output.matches(&body).count(), item.matches(function).count(), "{item}\n{output}");
            let kept = expanded("docs = false, value = false, max_suspends = 9", &item);
            assert_eq!(kept, normal(&item));
        }
    }
}

/// What is being typed is left alone; what is finished and wrong is told.
#[test]
fn half_typed_input() {
    let cases = [
        ("", "", 0),
        ("", "async", 0),
        ("", "pub async", 0),
        ("", "async fn", 0),
        ("", "async fn f", 0),
        ("", "async fn f()", 0),
        ("", "async fn f() ->", 0),
        ("", "async fn f() { let }", 0),
        ("", "async fn f() { x. }", 0),
        ("", "async fn f() { op().await; x.await. }", 0),
        ("", "async fn f() { if }", 0),
        ("", "async fn f(a: ) {}", 0),
        ("", "async fn f<T() {}", 0),
        ("", "impl", 0),
        ("", "impl S", 0),
        ("", "impl S { async fn f( }", 0),
        ("", "impl S { async fn f() { x. } async fn g() { op().await } }", 0),
        ("", "mod m { async fn f() { let } async }", 0),
        ("", "fn f() {}", 1),
        ("", "fn f() -> impl Future<Output = ()> { g() }", 1),
        ("", "async fn f();", 1),
        ("", "struct S;", 1),
        ("", "use a::b;", 1),
        ("", "const C: u8 = 1;", 1),
        ("", "let x = 1;", 1),
        ("", "impl S {}", 1),
        ("", "mod m;", 0),
        ("", "mod m { fn f() {} }", 1),
        ("name", "async fn f() {}", 1),
        ("name =", "async fn f() {}", 1),
        ("name = 1", "async fn f() {}", 1),
        ("max_size", "async fn f() {}", 1),
        ("max_size =", "async fn f() {}", 1),
        ("max_size()", "async fn f() {}", 1),
        ("max_size(1, T)", "async fn f() {}", 1),
        ("max_size(1, T =)", "async fn f() {}", 1),
        ("max_suspends = -1", "async fn f() {}", 1),
        ("deny", "async fn f() {}", 1),
        ("deny()", "async fn f() {}", 1),
        ("deny(x, self_reference)", "async fn f() {}", 1),
        ("edition = 2019", "async fn f() {}", 1),
        ("crate", "async fn f() {}", 1),
        ("crate = \"pinsight\"", "async fn f() {}", 1),
        (",", "async fn f() {}", 1),
        ("warn warn", "async fn f() {}", 1),
        ("warn, warn", "async fn f() {}", 1),
        ("a, b, warn(c), docs = 1", "async fn f() {}", 4),
        ("a", "fn f() {}", 2),
    ];
    for (arguments, item, expected) in cases {
        let (Ok(arguments), Ok(item)) = (arguments.parse::<TokenStream>(), item.parse::<TokenStream>()) else {
            continue; // unbalanced: no macro is ever given that
        };
        let output = explain(arguments.clone(), item.clone()).to_string();
        assert_eq!(errors(&output), expected, "#[explain({arguments})] {item}: {output}");
        if expected == 0 && !item.to_string().contains("await }") {
            assert_eq!(output, item.to_string(), "untouched");
        }
    }
}

#[test]
fn a_function_with_an_attribute_of_its_own_speaks_for_itself() {
    let output = expanded("warn", "impl S { #[pinsight::explain(name = A)] pub async fn a() {} pub async fn b() {} }");
    assert!(!output.contains("A_MACHINE") && output.contains("B_MACHINE"), "{output}");
}

/// What is generated goes with the function that it is for.
#[test]
fn what_is_not_compiled_has_no_machine() {
    for item in ["#[cfg(x)] async fn f() {}", "mod m { #[cfg(x)] async fn f() {} }"] {
        let output = expanded("warn, expand, max_size = 1, docs = false", item);
        let items = output.matches("mod f").count() + output.matches("const _").count();
        assert_eq!(output.matches("# [cfg (x)]").count(), items + 1, "{output}");
    }
    let output = expanded("max_size = 1", "#[cfg(x)] impl S { #[cfg(y)] async fn f() {} }");
    assert!(output.contains("# [cfg (x)] # [cfg (y)] const _"), "{output}");
}

#[test]
fn expansion_is_deterministic() {
    const ITEM: &str = "impl<T> S<T> { async fn f<U>(a: &T, b: U) { let (c, d, e) = g(&a); c.await; h(d, e).await; } }";
    assert_eq!(expanded(ALL, ITEM), expanded(ALL, ITEM));
}

/// Pieces of async functions in any order: most of it does not parse, some does.
#[test]
fn arbitrary_tokens_do_no_harm() {
    const PIECES: [&str; 26] = [
        "async fn f",
        "(a: &T)",
        "-> u8",
        "{ op().await }",
        "{",
        "}",
        "let x = &y;",
        "x.await;",
        "loop",
        "match x",
        "async move",
        "|| async",
        "impl S",
        "mod m",
        "impl Tr for S",
        "pub",
        "unsafe",
        "<T, const N: usize>",
        "where T: X",
        "#[cfg(x)]",
        "#[explain(warn)]",
        "select!",
        "let (ref a, _) = b else",
        "return x?;",
        "'a: while",
        "const C: u8 = { 1 };",
    ];
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut parsed = 0;
    for round in 0..6_000 {
        let text: Vec<&str> = (0..numbers.below(16)).map(|_| PIECES[numbers.below(PIECES.len())]).collect();
        let noise = arbitrary(&mut numbers, 2);
        let text = match round % 3 {
            0 => format!("async fn f({}) {{ {} }}", arbitrary(&mut numbers, 0), text.join(" ")),
            1 => format!("impl S {{ async fn f() {{ {noise} }} {} }}", text.join(" ")),
            _ => text.join(" "),
        };
        let Ok(item) = text.parse::<TokenStream>() else { continue };
        let arguments = if numbers.below(3) == 0 { noise } else { ALL.parse().unwrap() };
        let output = explain(arguments, item.clone());
        assert!(!output.is_empty() || item.is_empty(), "{item} is gone");
        parsed += usize::from(output.to_string().contains("# State machine"));
    }
    assert!(parsed > 50, "only {parsed} were explained");
}
