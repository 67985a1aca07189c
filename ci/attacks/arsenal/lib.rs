//! Somebody else's sound library, of which the attack programs are made. Everything in it keeps the rules of `Pin`, so a program
//! without `unsafe` that gets at what is pinned has been let through by the projection.

#![allow(missing_docs)]

use std::cell::RefCell;
use std::sync::atomic::{AtomicIsize, Ordering};

// A program may have an item of any name, so its text names nothing that is not reached through `::arsenal`.
pub use core::marker::{Copy, PhantomData, PhantomPinned as Pinned, Send, Sized, Sync, Unpin};
pub use core::mem::size_of as size;
pub use core::ops::{Deref, DerefMut, Drop};
pub use core::option::Option;
pub use core::pin::Pin;
pub use std::boxed::Box;

/// The check of every payload about `Unpin`.
pub fn is_unpin<T: Unpin + ?Sized>() {}

/// Needs both values at once.
pub fn both<A, B>(_: A, _: B) {}

static LIVING: AtomicIsize = AtomicIsize::new(0);

/// A value that is counted, on the heap: what is dropped twice or read after it was dropped is seen by AddressSanitizer.
struct Life(#[allow(dead_code)] Box<u8>);

impl Life {
    fn new() -> Self {
        LIVING.fetch_add(1, Ordering::Relaxed);
        Self(Box::new(1))
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        LIVING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Is `Unpin` for no parameter.
pub struct Evil<T: ?Sized = ()>(#[allow(dead_code)] Life, Pinned, PhantomData<T>);

/// Is `Unpin` if its parameter is.
pub struct Ind<T: ?Sized>(#[allow(dead_code)] Life, Pinned, PhantomData<T>);

impl<T: ?Sized + Unpin> Unpin for Ind<T> {}

/// Chooses a type by a number: `<Sel<7> as Pick<T>>::Out` is pinned, with any other number it is not.
pub struct Sel<const N: usize>;

pub trait Pick<T: ?Sized> {
    type Out;
}

impl<T: ?Sized> Pick<T> for Sel<7> {
    type Out = Evil<T>;
}

macro_rules! others {
    ($($number:literal)*) => { $(impl<T: ?Sized> Pick<T> for Sel<$number> { type Out = u8; })* };
}

others!(0 1 2 3 4 5 6 8 9 10 11 12 13 14 15 16 17 18 19 20 24 32 40 48 56 64);

/// Seven bytes: the number that `Sel` pins.
pub struct Seven([u8; 7]);

/// Type-level functions, for aliases that must use their parameters.
pub trait Always<'a> {
    type Same: ?Sized;
    type Byte;
    type Evil;
    type Unit: ?Sized;
}

impl<'a, T: ?Sized> Always<'a> for T {
    type Same = T;
    type Byte = u8;
    type Evil = Evil<T>;
    type Unit = ();
}

/// A value out of nothing.
pub trait Make {
    fn make() -> Self;
}

impl Make for u8 {
    fn make() -> u8 {
        8
    }
}

impl<T: ?Sized> Make for PhantomData<T> {
    fn make() -> Self {
        PhantomData
    }
}

impl Make for Pinned {
    fn make() -> Self {
        Pinned
    }
}

impl<T: ?Sized> Make for Evil<T> {
    fn make() -> Self {
        Self(Life::new(), Pinned, PhantomData)
    }
}

impl<T: ?Sized> Make for Ind<T> {
    fn make() -> Self {
        Self(Life::new(), Pinned, PhantomData)
    }
}

impl Make for Seven {
    fn make() -> Self {
        Self([7; 7])
    }
}

impl<T: Make, const N: usize> Make for [T; N] {
    fn make() -> Self {
        std::array::from_fn(|_| T::make())
    }
}

/// Sees where the pinned fields of a value are, each time that it is projected.
pub struct Watch {
    value: std::ops::Range<usize>,
    seen: Vec<usize>,
    next: usize,
}

impl Watch {
    pub fn of<T: ?Sized>(value: &T) -> Self {
        let start = value as *const T as *const u8 as usize;
        Self { value: start..start + size_of_val(value), seen: Vec::new(), next: 0 }
    }

    /// Begins a round, in which the same fields are seen in the same order as in the first one.
    pub fn round(&mut self) {
        self.next = 0;
    }

    pub fn see<T: ?Sized>(&mut self, field: &T) {
        let at = field as *const T as *const u8 as usize;
        assert!(self.value.start <= at && at + size_of_val(field) <= self.value.end, "a pinned field is not in its value");
        match self.seen.get(self.next) {
            Some(before) => assert_eq!(*before, at, "a pinned field has moved"),
            None => self.seen.push(at),
        }
        self.next += 1;
    }
}

thread_local!(static DROPS: RefCell<usize> = const { RefCell::new(0) });

/// Called by pinned drop code.
pub fn drops() {
    DROPS.with(|drops| *drops.borrow_mut() += 1);
}

/// Ends a program that got somewhere where nothing can be shown.
pub fn stop() -> ! {
    std::process::exit(76)
}

/// Runs one program of a batch. What it prints is read by the attacker: see `run.rs` there.
pub fn trial(number: usize, pinned_drops: usize, program: fn()) {
    println!("begin {number}");
    let living = LIVING.load(Ordering::Relaxed);
    let drops = DROPS.with(|drops| drops.replace(0));
    let _ = drops;
    program();
    let left = LIVING.load(Ordering::Relaxed);
    assert!(left >= living, "a value was dropped twice");
    assert_eq!(left, living, "a value was never dropped");
    assert_eq!(DROPS.with(|drops| *drops.borrow()), pinned_drops, "the drop code has not run as often as values were dropped");
    println!("end {number}");
}
