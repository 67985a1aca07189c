use super::*;
use pinsight_machine::{MachineKind, PointsAt, Role, Slot, State, StateKind};

fn machine(path: &'static str, size: u64) -> Machine {
    let target = |certainty, part: &'static str| PointsAt { slot: 0, part: part.into(), certainty, through: "".into() };
    let slots = vec![
        Slot::new("val".into(), Role::Local),
        Slot {
            points_at: vec![target(Certainty::Certain, ".name")].into(),
            ..Slot::new("val_ref".into(), Role::Local)
        },
        Slot { points_at: vec![target(Certainty::Possible, "")].into(), ..Slot::new("it".into(), Role::Local) },
    ];
    let location = Some(Location { file: "/w/src/a.rs".into(), line: 3, column: None });
    let states = vec![State { slots: slots.into(), location, ..State::new(StateKind::Suspended(0)) }];
    Machine {
        id: path.into(),
        path: path.into(),
        size: Some(size),
        states: states.into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

fn outcome(config: &str, baseline: Option<&BaselineFile>) -> Outcome {
    let machines = [machine("app::large", 3000), machine("app::small", 40)];
    let machines: Vec<&Machine> = machines.iter().collect();
    check(&machines, &Config::parse(config, "pinsight.toml").unwrap(), baseline)
}

fn messages(config: &str, baseline: Option<&BaselineFile>) -> Vec<String> {
    outcome(config, baseline).violations.into_iter().map(|violation| violation.message).collect()
}

#[test]
fn sizes_are_checked_by_pattern() {
    let config =
        "[[budget]]\npath = \"app::*\"\nmax-size = \"2 KiB\"\n\n[[budget]]\npath = \"app::larg\"\nmax-size = 1\n";
    assert_eq!(messages(config, None), ["`app::large` is 3,000 bytes large, 952 bytes more than its budget"]);
    let unused = outcome(config, None).unused;
    assert_eq!((&*unused[0].path, &*unused[0].near[0], unused[0].location.line), ("app::larg", "app::large", 6));
    assert_eq!(messages("[[budget]]\npath = \"*small\"\nmax-size = 40\n", None), [""; 0]);
}

#[test]
fn a_later_budget_is_an_exception_from_an_earlier_one() {
    let general = "[[budget]]\npath = \"*\"\nmax-size = 30\nself-references = \"deny\"\n";
    assert_eq!(messages(general, None).len(), 4);
    let exception = "\n[[budget]]\npath = \"app::large\"\nmax-size = 3000\n\n\
                     [[budget]]\npath = \"app::*\"\nself-references = \"allow\"\n";
    assert_eq!(
        messages(&format!("{general}{exception}"), None),
        ["`app::small` is 40 bytes large, 10 bytes more than its budget"]
    );
}

#[test]
fn only_certain_references_are_denied() {
    let violations = outcome("[[budget]]\npath = \"app::small\"\nself-references = \"deny\"\n", None).violations;
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].message, "`app::small` holds a reference into itself: `val_ref` points at `val.name`");
    assert_eq!(violations[0].labels[0].text, "Suspend0: `val_ref` points at `val.name`");
}

#[test]
fn growth_is_checked_against_the_baseline() {
    let before = [machine("app::gone", 1), machine("app::small", 30)];
    let baseline = BaselineFile::of(&before.iter().collect::<Vec<_>>());
    let config = "[[budget]]\npath = \"app::*\"\nmax-growth = \"10 %\"\n";
    assert_eq!(
        messages(config, Some(&baseline)),
        ["`app::small` has grown from 30 bytes to 40 bytes, by more than 10 %"]
    );
    let outcome = outcome(config, Some(&baseline));
    assert_eq!((outcome.new, outcome.vanished), (vec!["app::large".to_owned()], vec!["app::gone".to_owned()]));
    assert_eq!(messages(&config.replace("10 %", "10"), Some(&baseline)), [""; 0]);
    assert_eq!(messages(config, None), [""; 0]);
}
