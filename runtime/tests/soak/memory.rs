//! What the process holds: memory and descriptors.

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The system's allocator, with a count of the bytes that are in use.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: All is left to the system's, which keeps to the contract. Counting allocates nothing, and does not panic.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: The caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: The caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// At one time.
pub(crate) struct Held {
    /// Bytes that were allocated and not freed.
    pub(crate) heap: usize,
    /// Bytes that the process has in memory: the same with fragments, and stacks.
    pub(crate) resident: usize,
    pub(crate) descriptors: usize,
}

impl Held {
    pub(crate) fn now() -> Self {
        Self { heap: IN_USE.load(Ordering::Relaxed), resident: resident(), descriptors: descriptors() }
    }
}

pub(crate) fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").expect("Linux has it").count()
}

fn resident() -> usize {
    let pages = fs::read_to_string("/proc/self/statm").expect("Linux has it");
    // SAFETY: Asks for a number.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).expect("the second is it") * page as usize
}
