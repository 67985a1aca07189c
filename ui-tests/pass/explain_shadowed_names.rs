//! None of the user's names is in the way of what is generated, in a crate that denies every warning and forbids `deprecated`.

#![deny(warnings)]
#![forbid(deprecated, unsafe_code)]
#![no_implicit_prelude]
#![allow(dead_code)]

extern crate pinsight as renamed;

use ::std::string::String;

struct Machine;
struct Slot;
struct Text;
struct List;
struct Some;
struct None;
struct State;

mod core {}
mod alloc {}
mod std {}
mod pinsight {}

/// Documented.
#[renamed::explain(expand, max_size = 200, crate = renamed)]
pub async fn process(machine: u8) -> u8 {
    let text: String = String::new();
    let slot = &text;
    ::core::future::ready(()).await;
    let _ = slot.len();
    machine
}

#[renamed::explain(crate = crate::renamed, name = SIZE)]
async fn size() {}

struct Task;

#[renamed::explain(expand, max_size = 200, crate = renamed)]
impl Task {
    async fn size(&self) {
        ::core::future::ready(()).await;
    }
}

fn main() {
    ::std::assert_eq!(process::MACHINE.states.len(), 4);
    ::std::assert_eq!(SIZE.states.len() + Task::SIZE_MACHINE.states.len(), 7);
}
