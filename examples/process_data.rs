//! An async function that tells what it will be lowered to: where it suspends, what it keeps there, and why.
//!
//! `#[explain]` predicts it from the source while you type. It says it four times: in the docs of the function (`cargo doc
//! --example process_data --open`), as a value, which this program prints, as warnings at each `.await` (`#[explain(warn)]`),
//! and as an enum for whoever looks at the expansion (`#[explain(expand)]`, in `process_data-expanded.rs`).

use pinsight::explain;

async fn op() {}

/// Greets, with a reference into its own state.
#[explain(expand, max_size = 64)]
pub async fn process_data() {
    let val: String = String::from("Hello");
    let val_ref = &val;
    op().await;
    println!("{val_ref}");
}

fn main() {
    println!("{}", process_data::MACHINE);
    let state = process_data::MACHINE.suspend_states().next().expect("it awaits once");
    for kept in process_data::MACHINE.stored_values(state) {
        println!("{}: {}", kept.name, kept.sentence());
    }
    println!("and the compiler made a future of {} bytes of it", size_of_val(&process_data()));
}
