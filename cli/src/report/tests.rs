use pinsight_layout::{Gap, Program};
use pinsight_machine::{Machine, MachineKind, Role, Slot, State, StateKind};

use super::page;

fn program(name: &str) -> Program {
    let slot = Slot {
        type_name: Some(name.to_owned().into()),
        size: Some(4),
        offset: Some(0),
        ..Slot::new(name.to_owned().into(), Role::Local)
    };
    let state = State { slots: vec![slot].into(), ..State::new(StateKind::Suspended(0)) };
    let machine = Machine {
        id: name.to_owned().into(),
        path: name.to_owned().into(),
        type_arguments: vec![name.to_owned().into()].into(),
        size: Some(1_234_567),
        states: vec![state].into(),
        remarks: vec![name.to_owned().into()].into(),
        ..Machine::new(MachineKind::AsyncFn)
    };
    let gaps = vec![Gap { what: name.to_owned(), count: 1_000, help: name.to_owned() }];
    Program { machines: vec![machine], gaps }
}

fn page_of(program: &Program, title: &str) -> String {
    page(title, &program.machines.iter().collect::<Vec<_>>(), program, "")
}

#[test]
fn nothing_in_a_name_becomes_markup() {
    let hostile = "</script><script>alert(1)</script><!-- \"'&<b>";
    let page = page_of(&program(hostile), hostile);
    assert_eq!(page.matches("<script").count(), 2, "the data and the script");
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!page.contains("<b>alert") && !page.contains("<!--"));
}

#[test]
fn the_table_is_in_the_page_without_its_script() {
    let page = page_of(&program("app::run"), "app");
    let table = page.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    assert!(table.contains("1,234,567") && table.contains("run"));
    assert!(page.contains("app::run, 1,000 times<br><b>help:</b> app::run"));
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let page = page_of(&program("app::run"), "app").replace("http://www.w3.org/2000/svg", "");
    for sign in ["http://", "https://", "url(", "@import", "src=", "href=", "<link", "fetch(", "import("] {
        assert!(!page.contains(sign), "{sign}");
    }
}

#[test]
fn an_empty_report_is_a_page_too() {
    assert!(page_of(&Program::default(), "app").contains("0 async state machines"));
}

#[test]
fn the_same_machines_in_any_order_give_the_same_page() {
    let mut program = program("a");
    program.machines.extend(self::program("b").machines);
    let (forwards, backwards): (Vec<_>, Vec<_>) =
        (program.machines.iter().collect(), program.machines.iter().rev().collect());
    assert_eq!(page("t", &forwards, &program, ""), page("t", &backwards, &program, ""));
}
