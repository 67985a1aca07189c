//! Reads the text of `--emit=mir`: which slot of a coroutine refers to which, and why each is stored.
//!
//! The compiler writes each coroutine after it has been lowered to a state machine. A local that lives across an
//! `.await` has become one place, `(((*_22) as variant#3).1: &String)`, and keeps that place in all states; what the
//! coroutine captured is `((*_22).0: u8)`. So an assignment `place = &place` is a reference of the machine into itself,
//! as a fact. The text is meant for people and has no grammar; what is not understood is counted, and then nothing of
//! that machine is called certain that the line could have changed.
//!
//! A function that is given a reference to a value by which it can change it is taken to leave plain references in the
//! value as they are, unless it gets others to put there, or is known to (`mem::take`). So a reference that such a
//! function set to a `'static` one is still called certain: on a path to the state an assignment did store it.
//!
//! - [`functions`] cuts the file into functions, [`scan`], [`place`], [`rvalue`] and [`call`] understand the parts of a line,
//!   and [`body`] with [`terminator`] turns a function into blocks of [`statement`]s about numbered cells.
//! - [`flow`] follows through the blocks what each cell points at ([`facts`]), [`effects`] says what a call does to that.
//! - [`reasons`] looks from each suspension ahead for what is used or dropped there.

mod body;
mod builder;
mod call;
mod can_hold_borrow;
mod effects;
mod facts;
mod flow;
mod functions;
#[cfg(test)]
mod hostile_tests;
mod machine;
mod memory;
mod place;
mod reasons;
mod rvalue;
mod scan;
mod statement;
mod terminator;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use pinsight_machine::Certainty;

/// What one file says.
#[derive(Clone, Debug, Default)]
pub(crate) struct MirFile {
    /// Each coroutine body, in the order of the file.
    pub machines: Vec<MirMachine>,
    /// The lines that were not understood, by their shape, and how often each was met.
    pub unknown: BTreeMap<String, u64>,
}

/// One coroutine body. A generic one stands for all its instances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MirMachine {
    /// The path of the body: `process_data::{closure#0}`, `<impl at a.rs:7:1: 7:7>::run::{closure#0}`.
    pub header: String,
    /// The coroutine's type: `{async fn body of S::run()}`, `{async block@a.rs:9:106: 9:116}`.
    pub self_type: String,
    /// What it captured and the body mentions, by index.
    pub upvars: Vec<Upvar>,
    /// The locals that it saves and the body mentions, by variant and field.
    pub saved: Vec<Saved>,
    /// The states in which it waits, by discriminant.
    pub states: Vec<MirState>,
    /// How many of its lines were not understood.
    pub unknown_lines: u64,
    /// It was too large to be followed to the end: facts may be missing, and none is called certain.
    pub incomplete: bool,
}

/// A captured value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upvar {
    pub index: u32,
    pub type_name: String,
    pub name: Option<String>,
}

/// A saved local, at the one place that stands for it in all states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Saved {
    pub variant: u32,
    pub field: u32,
    pub type_name: String,
    /// The variables that it is, outermost first. None for a temporary.
    pub names: Vec<String>,
}

/// A state in which the coroutine waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MirState {
    /// The value of the discriminant, at least 3.
    pub variant: u32,
    /// References out of places that have been initialised and not moved out. Which of them this state stores, only the debug info
    /// says.
    pub points_at: Vec<PointsTo>,
    /// Why places are still needed, of those same places.
    pub reasons: Vec<(Place, MirReason)>,
}

/// A reference out of one place of the machine into another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PointsTo {
    pub from: Place,
    pub to: Place,
    /// The part of the target, with fields by number: ``, `.0.2`, `[_]`.
    pub part: String,
    pub certainty: Certainty,
    /// What a possible reference went through: `Vec::push`, `an index`, `a reference`, `a line that is not
    /// understood`. It is empty for a certain one.
    pub through: String,
}

/// A place of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Upvar(u32),
    Saved { variant: u32, field: u32 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MirReason {
    /// It may be read, borrowed or moved after the machine is resumed.
    UsedAfter,
    /// It may be dropped after the machine is resumed.
    DroppedAfter,
    /// There has been a reference to it, which may still be in use. For the compiler this alone is a reason to store it.
    AddressTaken,
}

/// Reads one file. Never fails: what is not understood is counted.
pub(crate) fn read(text: &str) -> MirFile {
    let functions = functions::split(text);
    let constructors = call::Constructors::of(&functions);
    let mut file = MirFile::default();
    for function in &functions {
        if let Some(machine) = machine::read(function, &constructors, &mut file.unknown) {
            file.machines.push(machine);
        }
    }
    file
}
