//! The two places to pin: the heap and the stack.
//!
//! `Box::pin(value)` puts the value on the heap. It stays there for as long as the box lives, so
//! the pin can be returned and stored; the price is one allocation.
//!
//! `std::pin::pin!(value)` puts the value in the current stack frame. That is free, and the pin
//! cannot outlive the frame.
//!
//! A counting allocator shows the price. Whatever is done through the pin is the same in both
//! places, projections included.

use counting::Counting;
use pinsight::PinProject;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Counts how often the future in it is polled.
#[derive(PinProject)]
struct Counted<F> {
    #[pin]
    future: F,
    polls: u32,
}

impl<F: Future> Future for Counted<F> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        let this = self.project();
        *this.polls += 1;
        this.future.poll(context).map(|_| *this.polls)
    }
}

/// A compiler-made future, which is `!Unpin`, and so `Counted` is too.
async fn two_steps() {
    for _ in 0..2 {
        let mut has_waited = false;
        std::future::poll_fn(|_| match std::mem::replace(&mut has_waited, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
    }
}

fn counted() -> Counted<impl Future> {
    Counted { future: two_steps(), polls: 0 }
}

/// Polls until it is ready. There is nothing to wait for, so nobody has to be woken.
fn finish<F: Future>(mut future: Pin<&mut F>) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn address_of<T>(place: &T) -> usize {
    (&raw const *place).addr()
}

fn main() {
    on_the_heap();
    on_the_stack();
}

/// The frame of this function ends, and what was pinned in it lives on.
fn pinned_on_the_heap() -> Pin<Box<Counted<impl Future>>> {
    Box::pin(counted())
}

fn on_the_heap() {
    println!("Box::pin(value)");
    let before = counting::snapshot();
    let value = pinned_on_the_heap();
    let after = counting::snapshot();

    println!("  allocations: {}", after.count - before.count);
    println!("  the value takes {} bytes, the allocation has {}", size_of_val(&*value), after.latest_size);
    println!("  the value lies at {:#x}, the allocation at {:#x}", address_of(&*value), after.latest_address);

    println!("  returned from the function that pinned it: yes");
    let start = address_of(&*value);
    let mut shelf = Vec::from([value]);
    println!("  stored in a collection: yes");
    println!("  the value was at {start:#x}, and is at {:#x}", address_of(&*shelf[0]));
    println!("  polled to its end: {} polls", finish(shelf[0].as_mut()));
}

/// Each commented line below is refused with the error that follows it.
fn on_the_stack() {
    println!("pin!(value)");
    let before = counting::snapshot();
    let mut value = pin!(counted());
    let after = counting::snapshot();
    println!("  allocations: {}", after.count - before.count);

    let frame = 0_u8;
    println!("  the value lies at {:#x}, another local of the frame at {:#x}", address_of(&*value), address_of(&frame));

    // fn escape() -> Pin<&'static mut Counted<impl Future>> { pin!(counted()) }
    // ^ error[E0515]: cannot return value referencing temporary value

    println!("  returned from the function that pinned it: no");
    println!("    error[E0515]: cannot return value referencing temporary value");

    // let mut shelf = Vec::new(); { let value = pin!(counted()); shelf.push(value); } shelf.clear();
    // ^ error[E0716]: temporary value dropped while borrowed

    println!("  stored in a collection that outlives the frame: no");
    println!("    error[E0716]: temporary value dropped while borrowed");

    // The pin is a reference, so it can be lent out, as often as it is needed.
    println!("  polled to its end: {} polls", finish(value.as_mut()));
}

/// The system's allocator, with a count of its allocations.
mod counting {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    pub(crate) struct Counting;

    // Only one thread runs here, so the three need no ordering among each other.
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    static LATEST_ADDRESS: AtomicUsize = AtomicUsize::new(0);
    static LATEST_SIZE: AtomicUsize = AtomicUsize::new(0);

    /// How many allocations there have been, and which was the latest.
    pub(crate) struct Snapshot {
        pub(crate) count: usize,
        pub(crate) latest_address: usize,
        pub(crate) latest_size: usize,
    }

    pub(crate) fn snapshot() -> Snapshot {
        Snapshot {
            count: COUNT.load(Relaxed),
            latest_address: LATEST_ADDRESS.load(Relaxed),
            latest_size: LATEST_SIZE.load(Relaxed),
        }
    }

    // SAFETY: every call is passed on to `System` as it is, and counting neither allocates nor
    // panics.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller keeps the contract of `alloc`, which is that of `System` too.
            let block = unsafe { System.alloc(layout) };
            COUNT.fetch_add(1, Relaxed);
            LATEST_ADDRESS.store(block.addr(), Relaxed);
            LATEST_SIZE.store(layout.size(), Relaxed);
            block
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: the caller vouches that the block came from `alloc`, which took it from
            // `System` with this layout.
            unsafe { System.dealloc(block, layout) }
        }
    }
}
