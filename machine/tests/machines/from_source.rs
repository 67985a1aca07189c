//! Machines as source text alone gives them.

use pinsight_machine::{
    Certainty, Evidence, Location, Machine, MachineKind, Reason, Role, Slot, State, StateKind, Why,
};

use super::{because, because_in, main_rs, points_at, text};

/// Of which names, reasons with lines, places and some types are known, as from source text.
///
/// ```text
/// async fn serve(stream: TcpStream, app: App) -> io::Result<()> {
///     let mut buffer = [0_u8; 1024];
///     let head = &mut buffer[..16];
///     let guard = app.lock();
///     let user = log!(guard.user());
///     stream.read(head).await?;
///     drop(head);
///     let route = app.route(&user);
///     app.handle(route).await;
///     stream.shutdown().await
/// }
/// ```
pub(crate) fn predicted() -> Machine {
    let at = |line, column| Some(Location { column: Some(column), ..main_rs(line).unwrap() });
    let slot = |name, role, type_name: Option<&'static str>, reasons: &[Reason]| Slot {
        evidence: Evidence::Predicted,
        type_name: type_name.map(text),
        reasons: reasons.to_vec().into(),
        ..Slot::new(text(name), role)
    };
    let maybe = |slot: Slot, condition| Slot { evidence: Evidence::Maybe, condition: Some(text(condition)), ..slot };
    let captured = || {
        [
            slot("stream", Role::Argument, Some("TcpStream"), &[because(Why::Captured)]),
            slot("app", Role::Argument, Some("App"), &[because(Why::Captured)]),
        ]
    };
    let guard = || {
        let dropped = slot("guard", Role::Local, None, &[because_in(Why::DroppedAfter, 11)]);
        maybe(dropped, "its type needs drop")
    };
    let user = |reasons: &[Reason]| slot("user", Role::Local, None, reasons);
    let awaitee = || slot("__awaitee", Role::Awaitee, None, &[because(Why::Awaited)]);
    let suspended = |number, location, awaited, slots: Vec<Slot>| State {
        location,
        awaited: Some(text(awaited)),
        slots: slots.into_iter().chain(captured()).collect(),
        ..State::new(StateKind::Suspended(number))
    };
    let first = vec![
        slot(
            "buffer",
            Role::Local,
            Some("[u8; 1024]"),
            &[because_in(Why::BorrowedBy(text("head")), 3), because_in(Why::UsedAfter, 7)],
        ),
        Slot {
            points_at: vec![points_at(0, "[_]", Certainty::Certain, "")].into(),
            ..slot("head", Role::Local, Some("&mut [u8]"), &[because_in(Why::UsedAfter, 7)])
        },
        guard(),
        user(&[because_in(Why::UsedAfter, 8), because_in(Why::DroppedAfter, 11)]),
        Slot { points_at: vec![points_at(1, "", Certainty::Possible, "read")].into(), ..awaitee() },
    ];
    let second = vec![
        guard(),
        user(&[because_in(Why::BorrowedBy(text("route")), 8), because_in(Why::DroppedAfter, 11)]),
        Slot {
            points_at: vec![points_at(1, "", Certainty::Possible, "App::route")].into(),
            ..maybe(
                slot("route", Role::Local, None, &[]),
                "its type needs drop, and it is not moved by the call in line 9",
            )
        },
        awaitee(),
    ];
    Machine {
        id: text("server::serve"),
        path: text("server::serve"),
        location: at(1, 10),
        states: vec![
            State { location: at(1, 10), slots: captured().into_iter().collect(), ..State::new(StateKind::Unresumed) },
            State::new(StateKind::Returned),
            State::new(StateKind::Panicked),
            suspended(0, at(6, 23), "stream.read(head)", first),
            suspended(1, at(9, 23), "app.handle(route)", second),
            suspended(2, at(10, 23), "stream.shutdown()", vec![guard(), awaitee()]),
        ]
        .into(),
        remarks: vec![text("`log!` in line 5 is not understood; what it mentions is taken as used")].into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

/// Of which only names and reasons are known.
pub(crate) fn untyped() -> Machine {
    let slots = vec![
        Slot {
            reasons: vec![because_in(Why::UsedAfter, 7), because_in(Why::AddressTaken, 3)].into(),
            ..Slot::new(text("map"), Role::Local)
        },
        Slot {
            evidence: Evidence::Maybe,
            condition: Some(text("its type needs drop")),
            points_at: vec![points_at(0, ".entries", Certainty::Possible, "")].into(),
            ..Slot::new(text("entry"), Role::Local)
        },
    ];
    let suspended = State { slots: slots.into(), ..State::new(StateKind::Suspended(0)) };
    Machine {
        path: text("insert"),
        states: vec![State::new(StateKind::Unresumed), suspended].into(),
        ..Machine::new(MachineKind::AsyncClosure)
    }
}
