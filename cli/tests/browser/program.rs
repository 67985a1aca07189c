//! A program of many machines, made up by arithmetic, with a few known ones among them.

use pinsight_machine::{
    Certainty, Child, ChildKind, Location, Machine, MachineKind, PointsAt, Role, Slot, State, StateKind, Why,
};

/// So many that the page must not draw them all at once.
pub(crate) const MACHINES: u64 = 1_500;

fn slot(name: &str, role: Role, type_name: &str, offset: u64, size: u64) -> Slot {
    Slot {
        type_name: Some(type_name.to_owned().into()),
        offset: Some(offset),
        size: Some(size),
        reasons: vec![Why::UsedAfter.into()].into(),
        ..Slot::new(name.to_owned().into(), role)
    }
}

fn child(kind: ChildKind, id: &str, size: u64) -> Child {
    Child {
        kind,
        type_name: id.to_owned().into(),
        machine: Some(id.to_owned().into()),
        size: Some(size),
        children: Vec::new().into(),
    }
}

fn location(line: u32) -> Option<Location> {
    Some(Location { file: "/home/me/app/src/main.rs".into(), line, column: None })
}

fn machine(path: &str, size: u64, states: Vec<Vec<Slot>>) -> Machine {
    let fixed = [StateKind::Unresumed, StateKind::Returned, StateKind::Panicked].map(State::new);
    let waiting = states.into_iter().enumerate().map(|(number, slots)| State {
        location: location(number as u32 + 10),
        slots: slots.into(),
        ..State::new(StateKind::Suspended(number as u32))
    });
    let mut states: Vec<State> = fixed.into_iter().chain(waiting).collect();
    (0..).zip(&mut states).for_each(|(number, state)| state.discriminant = Some(number));
    Machine {
        id: id(path).into(),
        path: path.to_owned().into(),
        location: location(9),
        size: Some(size),
        align: Some(8),
        discriminant: Some((size - 1, 1)),
        states: states.into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

fn id(path: &str) -> String {
    format!("{path}::{{async_fn_env#0}}")
}

/// Awaits `leaf`, and itself in a box; holds a certain and a possible self-reference.
fn recursive() -> Machine {
    let path = "app::recursive";
    let reference = |certainty, through: &'static str| Slot {
        points_at: vec![PointsAt { slot: 0, part: ".len".into(), certainty, through: through.into() }].into(),
        ..slot("view", Role::Local, "&alloc::vec::Vec<u8, alloc::alloc::Global>", 24, 8)
    };
    let buffer = || slot("buffer", Role::Local, "alloc::vec::Vec<u8, alloc::alloc::Global>", 0, 24);
    let leaf = Slot {
        child: Some(child(ChildKind::Coroutine, &id("app::leaf"), 16)),
        ..slot("__awaitee", Role::Awaitee, &id("app::leaf"), 32, 16)
    };
    let boxed = Slot {
        child: Some(child(ChildKind::Boxed, &id(path), 64)),
        ..slot("__awaitee", Role::Awaitee, "core::pin::Pin<alloc::boxed::Box<Recursive>>", 32, 8)
    };
    let states = vec![
        vec![buffer(), reference(Certainty::Certain, ""), leaf],
        vec![buffer(), reference(Certainty::Possible, "app::next"), boxed],
    ];
    Machine { remarks: vec!["a remark".into()].into(), ..machine(path, 64, states) }
}

/// In which every text is markup.
fn hostile() -> Machine {
    let name = "app::</script><img src=x onerror=alert(1)>&amp;\"'";
    Machine { remarks: vec![name.into()].into(), ..machine(name, 32, vec![vec![slot(name, Role::Local, name, 0, 8)]]) }
}

pub(crate) fn program() -> Vec<Machine> {
    let leaf = machine("app::leaf", 16, vec![vec![slot("count", Role::Local, "u32", 0, 4)]]);
    let mut machines = vec![recursive(), hostile(), leaf];
    for number in 0..MACHINES - 3 {
        let states = (0..1 + number % 4).map(|state| {
            let slots = (0..4 + (number + state) % 3).map(|index| {
                let kind = ["alloc::string::String", "alloc::vec::Vec<u8>", "u64"][(index % 3) as usize];
                slot(&format!("value{index}"), Role::Local, kind, index * 24, 24 - 16 * u64::from(index % 3 == 2))
            });
            slots.collect()
        });
        machines.push(machine(&format!("app::generated::task{number:04}"), 200 + number * 8, states.collect()));
    }
    machines
}
