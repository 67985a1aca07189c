//! Counts the heap memory of a task that waits, for each runtime; started by the command `memory`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::process::ExitCode;
use std::sync::atomic::{AtomicIsize, Ordering};

use pinsight_rt_benches::future::{idle, yield_times};
use pinsight_rt_benches::rt::{
    Executor, ExecutorWithIo, LocalPool, MonoioEpoll, Pinsight, Runtime, Smol, Tasks, Tokio,
};
use pinsight_rt_benches::table::Table;

/// Counts what is alive, in bytes as requested and in blocks.
struct Counting;

static BYTES: AtomicIsize = AtomicIsize::new(0);
static BLOCKS: AtomicIsize = AtomicIsize::new(0);

fn count(bytes: isize, blocks: isize) {
    BYTES.fetch_add(bytes, Ordering::Relaxed);
    BLOCKS.fetch_add(blocks, Ordering::Relaxed);
}

// SAFETY: every call is handed on unchanged to the system's allocator, which keeps the contract.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed(), 1);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed(), -1);
        // SAFETY: the caller keeps the contract of `dealloc`, and the block came from `System`.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size.cast_signed() - layout.size().cast_signed(), 0);
        // SAFETY: the caller keeps the contract of `realloc`, and the block came from `System`.
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Two less than a power of two: queues and slabs that double are as good as full both before and after, and have room for
/// the one task more that lets the others be polled.
const TASKS: usize = (1 << 14) - 2;

/// Bytes and blocks of one more task.
#[derive(Clone, Copy)]
struct PerTask {
    bytes: f64,
    blocks: f64,
}

/// The second half of the tasks counts: the first has grown what stays.
fn measure<R: Tasks, const N: usize>() -> PerTask {
    let runtime = R::start();
    let spawner = runtime.spawner();
    let mut handles = Vec::with_capacity(2 * TASKS);
    let counted = Cell::new([(0, 0); 2]);
    runtime.block_on(async {
        for half in 0..2 {
            for _ in 0..TASKS {
                handles.push(R::spawn(spawner, idle::<N>()));
            }
            // Every task is polled before the last one ends.
            R::spawn(spawner, yield_times(2)).await;
            let mut totals = counted.get();
            totals[half] = (BYTES.load(Ordering::Relaxed), BLOCKS.load(Ordering::Relaxed));
            counted.set(totals);
        }
    });
    let [(bytes, blocks), (more_bytes, more_blocks)] = counted.get();
    // What dropping so many tasks does is of no interest here.
    std::mem::forget(handles);
    std::mem::forget(runtime);
    let each = |difference: isize| difference as f64 / TASKS as f64;
    PerTask { bytes: each(more_bytes - bytes), blocks: each(more_blocks - blocks) }
}

fn row<R: Tasks>(name: Runtime, table: &mut Table) {
    let [none, some, much] = [measure::<R, 0>(), measure::<R, 64>(), measure::<R, 1024>()];
    table.push([
        name.name().to_owned(),
        format!("{:.0}", none.bytes),
        format!("{:.0}", some.bytes),
        format!("{:.0}", much.bytes),
        format!("{:.0}", some.bytes - size_of_val(&idle::<64>()) as f64),
        format!("{:.2}", some.blocks),
        size_of::<R::Join<()>>().to_string(),
    ]);
}

fn main() -> ExitCode {
    if let Some(argument) = std::env::args().nth(1) {
        eprintln!("error: unexpected argument `{argument}`: `heap` takes none");
        return ExitCode::FAILURE;
    }
    let header = ["runtime", "keeps 0 B", "64 B", "1024 B", "above its future", "blocks", "handle"];
    let mut table = Table::new(header);
    row::<Pinsight>(Runtime::Pinsight, &mut table);
    row::<ExecutorWithIo>(Runtime::ExecutorWithIo, &mut table);
    row::<Executor>(Runtime::Executor, &mut table);
    row::<Smol>(Runtime::Smol, &mut table);
    row::<Tokio>(Runtime::Tokio, &mut table);
    row::<LocalPool>(Runtime::LocalPool, &mut table);
    row::<MonoioEpoll>(Runtime::MonoioEpoll, &mut table);
    println!("Heap memory of a task that waits, in bytes as requested from the allocator.\n\n{table}");
    ExitCode::SUCCESS
}
