//! Machines made by hand, for the tests of every view.

mod from_source;

use std::borrow::Cow;

use pinsight_machine::{
    Certainty, Child, ChildKind, Evidence, Location, Machine, MachineKind, PointsAt, Reason, Role, Slot, State,
    StateKind, Text, Why,
};

pub(crate) use from_source::{predicted, untyped};

pub(crate) fn all() -> Vec<(&'static str, Machine)> {
    vec![
        ("process_data", PROCESS_DATA),
        ("handler", handler()),
        ("extreme", extreme()),
        ("predicted", predicted()),
        ("untyped", untyped()),
        ("hostile", hostile()),
        ("nothing", Machine::new(MachineKind::Coroutine)),
    ]
}

const fn text(text: &'static str) -> Text {
    Cow::Borrowed(text)
}

const fn because(why: Why) -> Reason {
    Reason { why, line: None }
}

const fn because_in(why: Why, line: u32) -> Reason {
    Reason { why, line: Some(line) }
}

const fn main_rs(line: u32) -> Option<Location> {
    Some(Location { file: text("/home/me/app/src/main.rs"), line, column: None })
}

/// ```text
/// async fn process_data() {
///     let val = String::from("Hello");
///     let val_ref = &val;
///     op().await;
///     println!("{val_ref}");
/// }
/// ```
pub(crate) const PROCESS_DATA: Machine = Machine {
    id: text("app::process_data::{async_fn_env#0}"),
    path: text("app::process_data"),
    location: main_rs(3),
    size: Some(48),
    align: Some(8),
    discriminant: Some((40, 1)),
    states: Cow::Borrowed(
        const {
            &[
                state(StateKind::Unresumed, 0, 3, &[]),
                state(StateKind::Returned, 1, 8, &[]),
                state(StateKind::Panicked, 2, 8, &[]),
                state(
                    StateKind::Suspended(0),
                    3,
                    6,
                    const {
                        &[
                            Slot {
                                type_name: Some(text("alloc::string::String")),
                                size: Some(24),
                                align: Some(8),
                                offset: Some(0),
                                declared: main_rs(4),
                                reasons: Cow::Borrowed(
                                    const { &[because(Why::BorrowedBy(text("val_ref"))), because(Why::DroppedAfter)] },
                                ),
                                name: text("val"),
                                role: Role::Local,
                                ..Slot::UNKNOWN
                            },
                            Slot {
                                type_name: Some(text("&alloc::string::String")),
                                size: Some(8),
                                align: Some(8),
                                offset: Some(24),
                                declared: main_rs(5),
                                reasons: Cow::Borrowed(const { &[because(Why::UsedAfter)] }),
                                points_at: Cow::Borrowed(
                                    const {
                                        &[PointsAt {
                                            slot: 0,
                                            part: text(""),
                                            certainty: Certainty::Certain,
                                            through: text(""),
                                        }]
                                    },
                                ),
                                name: text("val_ref"),
                                role: Role::Local,
                                ..Slot::UNKNOWN
                            },
                            Slot {
                                type_name: Some(text("app::op::{async_fn_env#0}")),
                                size: Some(8),
                                align: Some(4),
                                offset: Some(32),
                                reasons: Cow::Borrowed(const { &[because(Why::Awaited)] }),
                                child: Some(Child {
                                    kind: ChildKind::Coroutine,
                                    type_name: text("app::op::{async_fn_env#0}"),
                                    machine: Some(text("app::op::{async_fn_env#0}")),
                                    size: Some(8),
                                    children: Cow::Borrowed(&[]),
                                }),
                                name: text("__awaitee"),
                                role: Role::Awaitee,
                                ..Slot::UNKNOWN
                            },
                        ]
                    },
                ),
            ]
        },
    ),
    kind: MachineKind::AsyncFn,
    ..Machine::UNKNOWN
};

const fn state(kind: StateKind, discriminant: u64, line: u32, slots: &'static [Slot]) -> State {
    State {
        discriminant: Some(discriminant),
        location: main_rs(line),
        slots: Cow::Borrowed(slots),
        awaited: None,
        kind,
    }
}

fn slot(name: &str, role: Role, type_name: &str, offset: u64, size: u64) -> Slot {
    let reason = match role {
        Role::Argument => Why::Captured,
        Role::Awaitee => Why::Awaited,
        _ => Why::UsedAfter,
    };
    Slot {
        type_name: Some(type_name.to_owned().into()),
        offset: Some(offset),
        size: Some(size),
        align: Some(1),
        reasons: vec![reason.into()].into(),
        ..Slot::new(name.to_owned().into(), role)
    }
}

fn points_at(slot: usize, part: &'static str, certainty: Certainty, through: &'static str) -> PointsAt {
    PointsAt { slot, part: text(part), certainty, through: text(through) }
}

/// Eight suspend points and about forty slots, with everything that a slot can be.
pub(crate) fn handler() -> Machine {
    let state = |kind, discriminant, line, slots: Vec<Slot>| State {
        slots: slots.into(),
        ..state(kind, discriminant, line, &[])
    };
    let request = || slot("request", Role::Argument, "http::request::Request<axum_core::body::Body>", 0, 224);
    let app = || slot("app", Role::Argument, "alloc::sync::Arc<app::state::App, alloc::alloc::Global>", 224, 8);
    let captured = || vec![request(), app()];
    let app_moved = || Slot {
        declared: main_rs(12),
        ..slot("app", Role::Local, "alloc::sync::Arc<app::state::App, alloc::alloc::Global>", 232, 8)
    };
    let buffer = || Slot {
        reasons: vec![Why::BorrowedBy(text("reader")).into(), Why::DroppedAfter.into()].into(),
        ..slot("buffer", Role::Local, "[u8; 1024]", 240, 1024)
    };
    let flag = |name: &str| slot(name, Role::DropFlag, "bool", 2041, 1);
    let awaitee = |type_name: &str, size| Slot {
        child: Some(Child {
            kind: ChildKind::Coroutine,
            type_name: type_name.to_owned().into(),
            machine: Some(type_name.to_owned().into()),
            size: Some(size),
            children: Cow::Borrowed(&[]),
        }),
        ..slot("__awaitee", Role::Awaitee, type_name, 1400, size)
    };
    let mut states = vec![
        state(StateKind::Unresumed, 0, 10, captured()),
        state(StateKind::Returned, 1, 60, captured()),
        state(StateKind::Panicked, 2, 60, captured()),
    ];
    for number in 0..8 {
        let mut slots = vec![app_moved(), buffer(), flag(&format!("__{}", 3 + number))];
        match number {
            0 => slots.push(awaitee("app::auth::check::{async_fn_env#0}", 512)),
            1 => {
                slots.push(Slot {
                    points_at: vec![points_at(1, "", Certainty::Certain, "")].into(),
                    ..slot("reader", Role::Local, "std::io::cursor::Cursor<&mut [u8]>", 1264, 24)
                });
                slots.push(Slot {
                    points_at: vec![
                        points_at(3, "", Certainty::Certain, ""),
                        points_at(1, "[_]", Certainty::Possible, "app::body::read_all"),
                    ]
                    .into(),
                    ..awaitee("app::body::read_all::{async_fn_env#0}<std::io::cursor::Cursor<&mut [u8]>>", 96)
                });
            }
            2 => {
                slots.push(Slot {
                    evidence: Evidence::RepairedFromVariable,
                    ..slot("rows", Role::Local, "alloc::vec::Vec<app::db::Row, alloc::alloc::Global>", 1264, 24)
                });
                slots.push(Slot {
                    evidence: Evidence::Lost,
                    reasons: Cow::Borrowed(&[]),
                    ..Slot::new(text("rows"), Role::Local)
                });
                slots.push(slot("iter", Role::Local, "core::slice::iter::Iter<app::db::Row>", 1288, 16));
                let boxed = "alloc::boxed::Box<dyn core::future::future::Future<Output=()> + core::marker::Send, alloc::alloc::Global>";
                slots.push(Slot {
                    child: Some(Child {
                        kind: ChildKind::Dyn,
                        type_name: text("dyn core::future::future::Future<Output=()> + core::marker::Send"),
                        machine: None,
                        size: None,
                        children: Cow::Borrowed(&[]),
                    }),
                    ..slot("__awaitee", Role::Awaitee, boxed, 1400, 16)
                });
            }
            3 => {
                slots.push(slot("error", Role::Local, "std::io::error::Error", 1264, 8));
                slots.push(slot("other_error", Role::Local, "core::fmt::Error", 1272, 0));
                slots.push(awaitee("tokio::time::sleep::Sleep", 112));
            }
            _ => {
                slots.push(slot(
                    &format!("guard{number}"),
                    Role::Temporary,
                    "tokio::sync::mutex::MutexGuard<alloc::string::String>",
                    1264,
                    8,
                ));
                slots.push(awaitee("app::db::query::{async_fn_env#0}", 641));
            }
        }
        slots.extend(captured());
        states.push(state(StateKind::Suspended(number), 3 + u64::from(number), 15 + 5 * number, slots));
    }
    Machine {
        id: text("app::routes::{impl#3}::handler::{async_fn_env#0}<alloc::string::String>"),
        path: text("app::routes::Routes<T>::handler"),
        type_arguments: vec![text("alloc::string::String")].into(),
        location: main_rs(10),
        size: Some(2048),
        align: Some(8),
        discriminant: Some((2040, 1)),
        states: states.into(),
        remarks: vec![text(
            "the MIR of `app` was not read, so nothing is known of drops; help: give its folder with `--mir`",
        )]
        .into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

/// One byte beside ten thousand.
pub(crate) fn extreme() -> Machine {
    let slots = vec![
        slot("tiny", Role::Local, "u8", 0, 1),
        Slot {
            points_at: vec![points_at(0, "", Certainty::Certain, "")].into(),
            ..slot("tiny_ref", Role::Local, "&u8", 8, 8)
        },
        slot("buffer", Role::Local, "[u8; 10000]", 16, 10_000),
        slot("a", Role::Local, "bool", 10_016, 1),
        slot("b", Role::Local, "bool", 10_017, 1),
        slot("c", Role::Local, "char", 10_020, 4),
        Slot {
            points_at: vec![points_at(2, "[_]", Certainty::Possible, "core::slice::iter")].into(),
            ..slot("iter", Role::Local, "core::slice::iter::Iter<u8>", 10_024, 16)
        },
        slot("__awaitee", Role::Awaitee, "tokio::task::yield_now::YieldNow", 10_040, 1),
    ];
    Machine {
        id: text("app::main::{async_block_env#0}"),
        path: text("app::main::{async block#0}"),
        location: main_rs(1),
        size: Some(10_048),
        align: Some(8),
        discriminant: Some((10_041, 1)),
        states: vec![
            state(StateKind::Unresumed, 0, 1, &[]),
            state(StateKind::Returned, 1, 9, &[]),
            State { slots: slots.into(), ..state(StateKind::Suspended(0), 3, 5, &[]) },
        ]
        .into(),
        ..Machine::new(MachineKind::AsyncBlock)
    }
}

/// What no compiler writes: overlapping slots, places outside of the machine, names that mean something to a view.
pub(crate) fn hostile() -> Machine {
    let name = "</text><script>|`a`*_[x]()_*&\"'#;:{}%%\u{1b}[31m\n--> <!--";
    let slots = vec![
        Slot {
            points_at: vec![points_at(99, "", Certainty::Certain, ""), points_at(1, name, Certainty::Possible, name)]
                .into(),
            reasons: vec![Why::BorrowedBy(text(name)).into()].into(),
            ..slot(name, Role::Local, name, 0, 6)
        },
        slot(name, Role::Awaitee, "a::b::|", 4, u64::MAX),
        slot("beyond", Role::Local, "u8", u64::MAX - 1, 1),
        slot("over", Role::Local, "u8", 2, 20),
    ];
    Machine {
        path: text(name),
        type_arguments: vec![text(name), text("u8")].into(),
        location: Some(Location { file: text(name), line: 0, column: Some(0) }),
        size: Some(10),
        align: Some(0),
        discriminant: Some((u64::MAX, u64::MAX)),
        states: vec![State { slots: slots.into(), ..State::new(StateKind::Suspended(0)) }].into(),
        remarks: vec![text(name)].into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}
