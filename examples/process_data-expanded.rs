//! What `process_data.rs` expands to, printed in lines. The tests of the macros compare the two.

async fn op() {}

// <expansion>
/// Greets, with a reference into its own state.
///
/// # State machine
///
/// Predicted from the source by `#[explain]`. It has one suspend point. What is stored while it waits there, beside the future that it awaits:
///
/// | waits in | stores | type | why |
/// |-|-|-|-|
/// | Suspend0, `op()` in line 16 | `val` | `String` | dropped in line 18, borrowed by `val_ref` in line 15 |
/// |  | `val_ref` |  | used in line 17; → points at `val` |
///
/// <div class="pinsight-sketch" style="overflow-x:auto;margin-top:1em">
/// <svg class="pinsight-sketch" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="the states of process_data" width="477" height="130" viewBox="0 0 477 130" fill="currentColor" font-family="ui-monospace,'Source Code Pro',Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="12">
/// <g transform="translate(0 1)">
/// <rect x="1" width="475" height="30" rx="5" fill-opacity=".05" stroke="currentColor" stroke-opacity=".35"></rect>
/// <text x="12" y="19" font-weight="bold">Unresumed</text>
/// <text x="91.8" y="19" font-size="11" fill-opacity=".75">stores nothing</text>
/// </g>
/// <g transform="translate(0 43)">
/// <rect x="1" width="475" height="76" rx="5" fill-opacity=".05" stroke="currentColor" stroke-opacity=".35"></rect>
/// <text x="12" y="19" font-weight="bold">Suspend0</text>
/// <text x="84.5" y="19" font-size="11" fill-opacity=".75">awaits op(), line 16</text>
/// <g><title>val: String: dropped in line 18, borrowed by val_ref in line 15</title>
/// <text x="31.0" y="43.0" font-weight="bold">val: String</text>
/// <text x="128.8" y="43.0" font-size="11">dropped in line 18, borrowed by val_ref in line 15</text></g>
/// <g><title>val_ref: used in line 17; points at val</title>
/// <text x="31.0" y="63.0" font-weight="bold">val_ref</text>
/// <text x="128.8" y="63.0" font-size="11">used in line 17; points at val</text></g>
/// <g class="arrow"><title>val_ref points at val</title>
/// <path d="M27.0 59.0H21.0V39.0H27.0" fill="none" stroke="currentColor" stroke-width="1.4"></path>
/// <path d="M27.0 39.0l-5 -3.5v7z"></path></g>
/// </g>
/// </svg>
/// </div>
pub async fn process_data() {
    let val: String = String::from("Hello");
    let val_ref = &val;
    op().await;
    println!("{val_ref}");
}
///The state machine of `process_data`, as `#[explain]` predicts it.
#[allow(unreachable_pub, non_snake_case, dead_code)]
pub mod process_data {
    ///The state machine of `process_data`, as `#[explain]` predicts it.
    pub const MACHINE: ::pinsight::machine::Machine = {
        #[allow(unused_imports)]
        use ::pinsight::machine::{
            Certainty, Evidence, List, Location, Machine, MachineKind, PointsAt, Reason, Role, Slot, State, StateKind,
            Text, Why,
        };
        const FILE: Text = Text::Borrowed(::core::file!());
        Machine {
            id: Text::Borrowed(::core::module_path!()),
            path: Text::Borrowed(::core::module_path!()),
            kind: MachineKind::AsyncFn,
            location: ::core::option::Option::Some(Location {
                file: FILE,
                line: 13,
                column: ::core::option::Option::Some(29),
            }),
            states: List::Borrowed(
                const {
                    &[
                        State {
                            kind: StateKind::Unresumed,
                            location: ::core::option::Option::Some(Location {
                                file: FILE,
                                line: 13,
                                column: ::core::option::Option::Some(29),
                            }),
                            awaited: ::core::option::Option::None,
                            slots: List::Borrowed(&[]),
                            ..State::UNKNOWN
                        },
                        State {
                            kind: StateKind::Returned,
                            location: ::core::option::Option::None,
                            awaited: ::core::option::Option::None,
                            slots: List::Borrowed(&[]),
                            ..State::UNKNOWN
                        },
                        State {
                            kind: StateKind::Panicked,
                            location: ::core::option::Option::None,
                            awaited: ::core::option::Option::None,
                            slots: List::Borrowed(&[]),
                            ..State::UNKNOWN
                        },
                        State {
                            kind: StateKind::Suspended(0),
                            location: ::core::option::Option::Some(Location {
                                file: FILE,
                                line: 16,
                                column: ::core::option::Option::Some(10),
                            }),
                            awaited: ::core::option::Option::Some(Text::Borrowed("op()")),
                            slots: List::Borrowed(
                                const {
                                    &[
                                        Slot {
                                            name: Text::Borrowed("val"),
                                            role: Role::Local,
                                            type_name: ::core::option::Option::Some(Text::Borrowed("String")),
                                            evidence: Evidence::Predicted,
                                            declared: ::core::option::Option::Some(Location {
                                                file: FILE,
                                                line: 14,
                                                column: ::core::option::Option::None,
                                            }),
                                            reasons: List::Borrowed(
                                                const {
                                                    &[
                                                        Reason {
                                                            why: Why::DroppedAfter,
                                                            line: ::core::option::Option::Some(18),
                                                        },
                                                        Reason {
                                                            why: Why::BorrowedBy(Text::Borrowed("val_ref")),
                                                            line: ::core::option::Option::Some(15),
                                                        },
                                                    ]
                                                },
                                            ),
                                            condition: ::core::option::Option::None,
                                            points_at: List::Borrowed(&[]),
                                            ..Slot::UNKNOWN
                                        },
                                        Slot {
                                            name: Text::Borrowed("val_ref"),
                                            role: Role::Local,
                                            type_name: ::core::option::Option::None,
                                            evidence: Evidence::Predicted,
                                            declared: ::core::option::Option::Some(Location {
                                                file: FILE,
                                                line: 15,
                                                column: ::core::option::Option::None,
                                            }),
                                            reasons: List::Borrowed(
                                                const {
                                                    &[Reason {
                                                        why: Why::UsedAfter,
                                                        line: ::core::option::Option::Some(17),
                                                    }]
                                                },
                                            ),
                                            condition: ::core::option::Option::None,
                                            points_at: List::Borrowed(
                                                const {
                                                    &[PointsAt {
                                                        slot: 0,
                                                        part: Text::Borrowed(""),
                                                        certainty: Certainty::Certain,
                                                        through: Text::Borrowed(""),
                                                    }]
                                                },
                                            ),
                                            ..Slot::UNKNOWN
                                        },
                                        Slot {
                                            name: Text::Borrowed("__awaitee"),
                                            role: Role::Awaitee,
                                            type_name: ::core::option::Option::None,
                                            evidence: Evidence::Predicted,
                                            declared: ::core::option::Option::None,
                                            reasons: List::Borrowed(
                                                const { &[Reason { why: Why::Awaited, line: ::core::option::Option::None }] },
                                            ),
                                            condition: ::core::option::Option::None,
                                            points_at: List::Borrowed(&[]),
                                            ..Slot::UNKNOWN
                                        },
                                    ]
                                },
                            ),
                            ..State::UNKNOWN
                        },
                    ]
                },
            ),
            remarks: List::Borrowed(&[]),
            ..Machine::UNKNOWN
        }
    };
}
#[doc(hidden)]
#[allow(dead_code, unused_imports, non_camel_case_types, unreachable_pub, clippy::large_enum_variant)]
mod __process_data_states {
    use super::*;
    /// What the compiler makes of `process_data`, as far as the source shows it.
    pub enum ProcessData<ValRef, Awaitee0> {
        /// Made, and not polled yet. What it has captured keeps its place in every state.
        Unresumed,
        /// Finished.
        Returned,
        /// A poll has panicked.
        Panicked,
        /// Waits for `op()` in line 16.
        Suspend0 {
            /// Kept because: dropped in line 18, borrowed by `val_ref` in line 15.
            val: String,
            /// Kept because: used in line 17. Points at `val`.
            val_ref: ValRef,
            /// The future that is awaited.
            __awaitee: Awaitee0,
        },
    }
}
const _: () = {
    #[allow(clippy::all, clippy::pedantic, clippy::nursery, unused_qualifications)]
    {
        use ::pinsight::__private::check_size as __pinsight_check;
        const fn __pinsight_size<__R>(_: unsafe fn() -> __R) -> usize {
            ::core::mem::size_of::<__R>()
        }
        __pinsight_check(__pinsight_size(process_data), 64, "process_data");
    }
};
// </expansion>

fn main() {
    println!("{}", process_data::MACHINE);
    let state = process_data::MACHINE.suspend_states().next().expect("it awaits once");
    for kept in process_data::MACHINE.stored_values(state) {
        println!("{}: {}", kept.name, kept.sentence());
    }
    println!("and the compiler made a future of {} bytes of it", size_of_val(&process_data()));
}
