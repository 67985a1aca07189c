//! However a program is compiled and its debug info stored, the same machines are read from it.

mod common;

use std::process::Command;

use common::{Folder, facts, find, machines, own, read_binary};
use pinsight_layout::Error;
use pinsight_machine::{Evidence, StateKind};

fn assert_same(name: &str, flags: &[&str]) {
    let expected = facts(&machines(&format!("{name}-plain"), &[]));
    let found = facts(&machines(name, flags));
    assert!(expected.len() > 80, "the fixture has its machines: {expected:#?}");
    if let Some(place) = (0..expected.len().max(found.len())).find(|place| expected.get(*place) != found.get(*place)) {
        panic!("{flags:?}\nexpected {:#?}\nfound {:#?}", expected.get(place), found.get(place));
    }
}

#[test]
fn packed_split_debug_info() {
    assert_same("packed", &["-Csplit-debuginfo=packed"]);
}

#[test]
fn unpacked_split_debug_info() {
    assert_same("unpacked", &["-Csplit-debuginfo=unpacked"]);
}

#[test]
fn split_debug_info_of_version_5() {
    assert_same("packed5", &["-Csplit-debuginfo=packed", "-Cdwarf-version=5"]);
    assert_same("unpacked5", &["-Csplit-debuginfo=unpacked", "-Cdwarf-version=5"]);
}

#[test]
fn version_5() {
    assert_same("dwarf5", &["-Cdwarf-version=5"]);
}

#[test]
fn compressed_sections() {
    assert_same("zlib", &["-Clink-arg=-Wl,--compress-debug-sections=zlib"]);
}

#[test]
fn new_symbol_mangling() {
    let folder = Folder::new("v0");
    let machines = own(read_binary(&folder.compile(&["-Csymbol-mangling-version=v0"])).unwrap());
    find(&machines, "shapes::Server::run");
    find(&machines, "<shapes::Server as shapes::Go>::go");
    find(&machines, "<shapes::Server as shapes::Go>::go::{async block#0}");
}

/// Types and functions that use them are in other units than the machines: references lead from one to the other.
#[test]
fn several_units() {
    assert_same("units", &["-Ccodegen-units=16"]);
    let machines = machines("thin", &["-Ccodegen-units=16", "-Copt-level=1", "-Clto=thin"]);
    let text = facts(&machines).join("\n");
    assert!(!text.contains("\"?\"") && text.contains("alloc::string::String"), "{text}");
}

/// In an object the offsets into other sections are only there after relocation.
#[test]
fn objects() {
    assert_same("object", &["--emit=obj", "-Ccodegen-units=1"]);
}

#[test]
fn shared_libraries() {
    let expected = machines("cdylib-plain", &[]);
    let found = machines("cdylib", &["--crate-type=cdylib", "-Clink-dead-code"]);
    let paths = |machines: &[pinsight_machine::Machine]| -> Vec<String> {
        machines.iter().map(|machine| machine.full_name().to_string()).collect()
    };
    assert_eq!(paths(&expected), paths(&found));
}

#[test]
fn libraries_with_dead_code() {
    let folder = Folder::new("rlib");
    let machines = own(read_binary(&folder.compile(&["--crate-type=rlib", "-Clink-dead-code"])).unwrap());
    find(&machines, "shapes::process_data");
    assert_eq!(find(&machines, "shapes::Server::run").size, Some(152));
}

#[test]
fn the_layout_does_not_depend_on_the_optimisation() {
    let checks = ["-Cdebug-assertions=off", "-Coverflow-checks=off"];
    let plain = machines("opt0", &checks);
    let optimised = machines("opt3", &["-Copt-level=3", checks[0], checks[1]]);
    for machine in &optimised {
        let same = plain.iter().find(|other| other.id == machine.id).expect("it is in the plain build too");
        assert_eq!((machine.size, machine.states.len()), (same.size, same.states.len()), "{}", machine.path);
    }
    assert!(!optimised.is_empty());
}

/// `debug_info_kinds` is compiled with a path that is then made relative, as those of dependencies are.
#[test]
fn relative_file_names() {
    let folder = Folder::new("relative");
    let source = folder.0.join("shapes.rs");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/shapes.rs"), &source).unwrap();
    let binary = folder.compile_source(std::path::Path::new("shapes.rs"), &[]);
    let machines = own(read_binary(&binary).unwrap());
    let location = find(&machines, "shapes::process_data").location.clone().expect("a location");
    assert_eq!(std::path::Path::new(&*location.file).canonicalize().unwrap(), source.canonicalize().unwrap());
}

#[test]
fn repeated_names_are_repaired_without_optimisation() {
    let machines = machines("repair", &[]);
    let shadow = find(&machines, "shapes::shadow");
    let state = shadow.state(StateKind::Suspended(0)).unwrap();
    let told: Vec<_> = state.slots.iter().map(|slot| (&*slot.name, slot.type_name.as_deref(), slot.evidence)).collect();
    assert_eq!(
        told,
        [
            ("x", Some("alloc::vec::Vec<u8, alloc::alloc::Global>"), Evidence::Recorded),
            ("y", Some("&alloc::vec::Vec<u8, alloc::alloc::Global>"), Evidence::Recorded),
            ("x", Some("[u32; 5]"), Evidence::RepairedFromVariable),
            ("__awaitee", Some("shapes::other::op::{async_fn_env#0}"), Evidence::Recorded),
            ("x", Some("u8"), Evidence::RepairedFromUnresumed),
        ]
    );
    let loops = find(&machines, "shapes::nested_loops");
    for (number, inner) in [(0, "core::ops::range::Range<u16>"), (1, "core::ops::range::Range<u64>")] {
        let state = loops.state(StateKind::Suspended(number)).unwrap();
        let types: Vec<_> = state
            .slots
            .iter()
            .filter(|slot| slot.name == "iter")
            .map(|slot| slot.type_name.as_deref().unwrap_or("?"))
            .collect();
        assert_eq!(types, ["core::ops::range::Range<u8>", inner]);
    }
}

/// In optimised code the variables have no place any more, so that what was folded is said to be lost.
#[test]
fn repeated_names_are_lost_with_optimisation() {
    let machines = machines("lost", &["-Copt-level=3"]);
    let state = find(&machines, "shapes::shadow").state(StateKind::Suspended(0)).unwrap();
    let lost: Vec<_> = state.slots.iter().filter(|slot| slot.evidence == Evidence::Lost).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!((lost[0].offset, lost[0].size, &lost[0].type_name), (None, None, &None));
}

#[test]
fn function_items_have_no_bytes() {
    let machines = machines("function", &[]);
    let state = find(&machines, "shapes::function_item").state(StateKind::Suspended(0)).unwrap();
    let slot = state.slots.iter().find(|slot| slot.name == "function").expect("the function item is stored");
    assert_eq!(slot.size, Some(0));
}

/// The name of its type ends like the name of the coroutine that it returns.
#[test]
fn a_function_that_makes_a_future_is_none() {
    let machines = machines("constructor", &[]);
    let state = find(&machines, "shapes::constructor").state(StateKind::Suspended(0)).unwrap();
    let slot = state.slots.iter().find(|slot| slot.name == "make").expect("the function is stored");
    assert!(slot.type_name.as_deref().is_some_and(|name| name.ends_with("{async_fn_env#0}")), "{:?}", slot.type_name);
    assert_eq!((slot.size, &slot.child), (Some(8), &None));
}

#[test]
fn without_types_it_says_which_setting_brings_them() {
    for (name, flag) in [("limited", "-Cdebuginfo=1"), ("lines", "-Cdebuginfo=line-tables-only")] {
        let folder = Folder::new(name);
        let error = read_binary(&folder.compile(&[flag])).expect_err(flag);
        assert!(matches!(error, Error::NoDebugInfo { .. }), "{error:?}");
        assert!(error.to_string().contains("debug = 2"), "{error}");
    }
    let folder = Folder::new("stripped");
    let error = read_binary(&folder.compile(&["-Cstrip=symbols"])).expect_err("stripped");
    assert!(error.to_string().contains("it is stripped"), "{error}");
}

#[test]
fn missing_parts_are_counted() {
    let folder = Folder::new("missing");
    let binary = folder.compile(&["-Csplit-debuginfo=packed"]);
    std::fs::remove_file(binary.with_extension("dwp")).unwrap();
    match read_binary(&binary) {
        Ok(program) => assert!(program.gaps.iter().any(|gap| gap.what.contains("was not found")), "{:?}", program.gaps),
        Err(error) => assert!(matches!(error, Error::NoDebugInfo { .. }), "{error}"),
    }
}

#[test]
fn only_the_debug_info() {
    let folder = Folder::new("objcopy");
    let binary = folder.compile(&[]);
    let expected = facts(&own(read_binary(&binary).unwrap()));
    let separate = folder.0.join("shapes.debug");
    let Ok(status) = Command::new("objcopy").arg("--only-keep-debug").arg(&binary).arg(&separate).status() else {
        println!("skipped: there is no objcopy");
        return;
    };
    assert!(status.success());
    assert_eq!(facts(&own(read_binary(&separate).unwrap())), expected);
}
