//! Why a pinned value may not be moved, with real addresses.
//!
//! The compiler lowers an `async fn` into a state machine, which stores every local that has to
//! survive an `.await`. When one of them borrows another, the stored machine points into itself. A
//! move is a plain copy of its bytes to a new address, and the pointer among those bytes still says
//! the old one.
//!
//! The machine below is such a one. It is never moved after its first poll: where the pieces would
//! be is computed, and the compiler refuses the rest.

#![forbid(unsafe_code)]

use std::cell::Cell;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, Waker};

/// `val` and `val_ref` are both used after the await, so the machine stores both, and `val_ref`
/// points at `val`: into the machine itself.
async fn process_data() {
    let val = String::from("still here");
    let val_ref = &val;
    note_places(&val, &val_ref);
    operation().await;
    println!("  val_ref reads {val_ref:?}");
}

/// Not ready when it is polled first, as if it waited for the network.
async fn operation() {
    let mut has_waited = false;
    std::future::poll_fn(|_| {
        if has_waited {
            return Poll::Ready(());
        }
        has_waited = true;
        Poll::Pending
    })
    .await;
}

/// What can be seen only from inside of the running machine.
#[derive(Clone, Copy)]
struct Places {
    val: usize,
    val_ref: usize,
    val_ref_holds: usize,
}

thread_local! {
    /// Outside of the machine, so that this adds nothing to what the machine stores.
    static PLACES: Cell<Option<Places>> = const { Cell::new(None) };
}

fn note_places<T>(val: &T, val_ref: &&T) {
    PLACES.set(Some(Places {
        val: address_of(val),
        val_ref: address_of(val_ref),
        val_ref_holds: address_of(*val_ref),
    }));
}

fn address_of<T>(place: &T) -> usize {
    (&raw const *place).addr()
}

/// Room for another `Machine`, somewhere else.
fn room_for_another<Machine>(_: &Machine) -> Box<MaybeUninit<Machine>> {
    Box::new_uninit()
}

fn poll_once(machine: Pin<&mut impl Future<Output = ()>>) -> &'static str {
    match machine.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Pending => "suspended at its await",
        Poll::Ready(()) => "finished",
    }
}

fn main() {
    let mut machine = Box::pin(process_data());
    println!("polled for the first time, the machine runs");
    println!("  and is now {}", poll_once(machine.as_mut()));

    let Some(places) = PLACES.get() else {
        unreachable!("the first poll has run up to the await");
    };
    what_it_looks_like(&*machine, places);
    what_a_move_would_do(&*machine, places);
    what_the_compiler_says();

    println!("the `Pin<Box<_>>` may be moved");
    let start = address_of(&*machine);
    println!("  the box lies at {:#x}", address_of(&machine));
    // A move of the pointer: its bytes are copied from this stack frame into the buffer of the
    // `Vec`. What it points at is left alone.
    let mut shelf = Vec::from([machine]);
    println!("  now it lies at  {:#x}", address_of(&shelf[0]));
    let after = address_of(&*shelf[0]);
    println!("  the machine was at {start:#x}, and is at {after:#x}");

    println!("polled again, the machine goes on");
    println!("  and has {}", poll_once(shelf[0].as_mut()));
}

/// Prints where the machine starts, and what lies in it.
fn what_it_looks_like<Machine>(machine: &Machine, places: Places) {
    let start = address_of(machine);
    println!("the machine points into itself");
    println!("  it starts at    {start:#x}, {} bytes", size_of_val(machine));
    println!("  val lies at     {:#x}, {} bytes into it", places.val, places.val - start);
    println!("  val_ref lies at {:#x}, {} bytes into it", places.val_ref, places.val_ref - start);
    println!("  val_ref holds   {:#x}", places.val_ref_holds);
}

/// Prints where everything would be if the machine's bytes were copied to another place. Nothing is
/// copied: resuming the copy would read what is no longer there.
fn what_a_move_would_do<Machine>(machine: &Machine, places: Places) {
    let elsewhere = room_for_another(machine);
    let target = ptr::from_ref(&*elsewhere).addr();
    let moved = |place: usize| target + (place - address_of(machine));
    println!("what a move would do to it");
    println!("  it would start at {target:#x}");
    println!("  val would lie at {:#x}", moved(places.val));
    println!("  val_ref would lie at {:#x}", moved(places.val_ref));
    // A copy of the bytes does not change what they say.
    println!("  val_ref would still say {:#x}: freed memory", places.val_ref_holds);
}

/// Each commented line below is refused with the error that follows it.
fn what_the_compiler_says() {
    let machine = Box::pin(process_data());

    // let moved = *machine;
    // ^ error[E0507]: cannot move out of dereference of `Pin<Box<impl Future<Output = ()>>>`

    // let moved = Pin::into_inner(machine);
    // ^ error[E0277]: `{async fn body of process_data()}` cannot be unpinned

    println!("once it is pinned, the compiler refuses to move it");
    println!("  let moved = *machine;");
    println!("  error[E0507]: cannot move out of dereference of `Pin<Box<impl Future<Output = ()>>>`");
    println!("  let moved = Pin::into_inner(machine);");
    println!("  error[E0277]: `{{async fn body of process_data()}}` cannot be unpinned");
    drop(machine);
}
