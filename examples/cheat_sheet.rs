//! The cheat sheet of pinning: which values can safe code move?
//!
//! `Unpin` says "moving me is always fine". It is an auto trait, so nearly all types have it, and
//! for them `Pin` changes nothing. Compiler-made futures and self-referential types are `!Unpin`,
//! and only for them the contract bites.
//!
//! Each row of the table is a function below, and each does what the row says.

#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::mem;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// One type for all four rows: with a derived projection it is `Unpin` if, and only if, its
/// structurally pinned field is.
#[derive(PinProject)]
struct Labelled<T> {
    label: &'static str,
    #[pin]
    value: T,
}

/// A compiler-made future. It is `!Unpin`.
async fn answer() -> u32 {
    let val = 42;
    let val_ref = &val;
    std::future::ready(()).await;
    *val_ref
}

fn is_unpin<T: Unpin>(_: &T) {}

/// An `Unpin` type that is not pinned: this is all of ordinary Rust.
fn unpin_not_pinned() -> String {
    let mut left = Labelled::new("left", 1);
    let mut right = Labelled::new("right", 2);
    is_unpin(&left);
    mem::swap(&mut left, &mut right);
    format!("`mem::swap` made it {}, {}", left.label, right.label)
}

/// An `Unpin` type behind a `Pin`: the pin is transparent, and gives the plain `&mut` to anybody.
fn unpin_pinned() -> String {
    let mut left = Labelled::new("left", 1);
    let mut right = Labelled::new("right", 2);
    let mut left = Pin::new(&mut left);
    let mut right = Pin::new(&mut right);
    // `DerefMut` on the pin, which is there for `Unpin` types only.
    mem::swap(&mut *left, &mut *right);
    let by_move = mem::replace(left.get_mut(), Labelled::new("none", 0));
    format!("out of the pin came {} {}", by_move.label, by_move.value)
}

/// A `!Unpin` type that is not pinned: moving it compiles, whatever state it is in.
///
/// Dangerous: once it points into itself, this move would leave the pointer behind. Safe code does
/// not get that far, because polling is what makes it point into itself, and polling takes a pin.
/// So the move here is before the first poll, when there is nothing in it that could dangle. Code
/// that polls with a hand-made `unsafe` pin, and moves afterwards, is what this row warns of.
fn not_unpin_not_pinned() -> String {
    let first_home = Labelled::new("future", answer());
    // A move to the heap, which the compiler allows without a word.
    let second_home = Box::new(first_home);
    let third_home = *second_home;
    let result = run(pin!(third_home));
    format!("moved twice before its first poll, it answers {result}")
}

/// A `!Unpin` type behind a `Pin`: the contract holds. The commented lines are refused with the
/// errors that follow them.
fn not_unpin_pinned() -> String {
    let mut left = pin!(Labelled::new("left", answer()));
    let mut right = pin!(Labelled::new("right", answer()));

    // mem::swap(left.as_mut().get_mut(), right.as_mut().get_mut());
    // ^ error[E0277]: `{async fn body of answer()}` cannot be unpinned

    // let moved = *left;
    // ^ error[E0507]: cannot move out of dereference of `Pin<&mut Labelled<impl Future<Output = u32>>>`

    // The pins themselves may be swapped: each still points at a value that stays where it is.
    mem::swap(&mut left, &mut right);
    let swapped = format!("{}, {}", left.label, right.label);
    // And what is not structurally pinned is reached by `&mut`, as ever.
    *left.as_mut().project().label = "renamed";
    let renamed = left.label;
    format!(
        "error[E0277]: `{{async fn body of answer()}}` cannot be unpinned\n\
         but the pins can be swapped: {swapped}\n\
         and an unpinned field can be written: {renamed}"
    )
}

impl<T> Labelled<T> {
    fn new(label: &'static str, value: T) -> Self {
        Self { label, value }
    }
}

/// Polls the future in it once, which is enough for `answer`.
fn run<F: Future<Output = u32>>(future: Pin<&mut Labelled<F>>) -> u32 {
    let mut context = Context::from_waker(Waker::noop());
    match future.project().value.poll(&mut context) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("`answer` awaits only what is ready"),
    }
}

fn main() {
    print_line(["the type", "wrapped in `Pin`?", "can safe code move it?"]);
    print_line(["--------", "-----------------", "----------------------"]);
    for (row, what_happened) in [
        (["Unpin", "no", "yes"], unpin_not_pinned()),
        (["Unpin", "yes", "yes, `Pin` is transparent"], unpin_pinned()),
        (["!Unpin", "no", "yes (and it is dangerous once it points into itself)"], not_unpin_not_pinned()),
        (["!Unpin", "yes", "no"], not_unpin_pinned()),
    ] {
        print_line(row);
        for line in what_happened.lines() {
            print_line(["", "", &format!("  {line}")]);
        }
    }
}

fn print_line([kind, is_pinned, can_be_moved]: [&str; 3]) {
    println!("{kind:<8} | {is_pinned:<17} | {can_be_moved}");
}
