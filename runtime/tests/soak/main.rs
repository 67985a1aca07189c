//! A minute of everything at once, and then the account: nothing is left, and nothing went without an answer. Run by
//! `ci/runtime-soak.sh`, which sets `SOAK_SECONDS` and `SOAK_SEED`.

#![cfg(all(target_os = "linux", not(loom)))]

mod count;
mod load;
mod memory;
#[path = "../harness/random.rs"]
mod random;

use crate::memory::Held;
use crate::random::Random;
use pinsight_rt::net::TcpListener;
use pinsight_rt::{LocalExecutor, Spawner, spawn, time};
use std::net::Ipv4Addr;
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How many bytes may be added to the heap after a quarter of the time: lists that have grown, and threads of the pool.
const HEAP: usize = 64 << 10;
/// Likewise to the memory of the process, which has fragments too.
const RESIDENT: usize = 4 << 20;
/// How long it may take to end everything.
const PATIENCE: Duration = Duration::from_secs(20);
const MS: Duration = Duration::from_millis(1);

/// A number from the environment.
fn variable(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("`{name}` is `{text}`, which is not a number")))
}

/// Ends the process if the test does not end, with what has been done until then.
fn watch(limit: Duration) -> mpsc::Sender<()> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        if receiver.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            count::print();
            eprintln!("error: something has not been answered, or does not end");
            process::exit(1);
        }
    });
    sender
}

#[test]
#[ignore = "takes a minute: ci/runtime-soak.sh"]
fn soak() {
    let length = Duration::from_secs(variable("SOAK_SECONDS").unwrap_or(60));
    let seed = variable("SOAK_SEED").unwrap_or_else(|| u64::from(process::id()));
    println!("{} s with seed {seed}", length.as_secs());
    count::hide_planned_panics();
    let _watch = watch(length + PATIENCE);
    let mut random = Random::new(seed);
    let before = memory::descriptors();

    let executor = LocalExecutor::with_seed(seed);
    // Told by whoever awaits the task.
    executor.on_panic(|_| ());
    let spawner = executor.spawner();
    let early = executor.run(load(&spawner, &mut random, length / 4));
    let tasks_early = executor.len();
    let late = executor.run(load(&spawner, &mut random, length - length / 4));
    let left = executor.shutdown();
    // It has the bell, which is a descriptor.
    drop(spawner);
    let descriptors = memory::descriptors();

    count::print();
    for (time, held) in [("after a quarter", &early), ("at the end", &late)] {
        println!("{time}: {} B on the heap, {} KiB in memory", held.heap, held.resident >> 10);
    }
    println!("left: {} tasks, {} futures, {} descriptors", left.len(), count::alive(), descriptors - before);
    count::check();
    assert!(left.is_empty() && tasks_early == 0, "tasks are left: {left:?}");
    assert_eq!(count::alive(), 0, "futures that were never dropped");
    assert_eq!((descriptors, late.descriptors), (before, early.descriptors), "descriptors that were never closed");
    assert!(late.heap <= early.heap + HEAP, "{} bytes of the heap were never freed", late.heap - early.heap);
    let added = late.resident.saturating_sub(early.resident);
    assert!(added <= RESIDENT, "{} KiB of memory were added", added >> 10);
}

/// Puts the load on, for a time, and takes it off. Returns what is held then.
async fn load(spawner: &Spawner, random: &mut Random, length: Duration) -> Held {
    load::start();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let address = listener.local_addr().unwrap();
    let server = spawn(load::serve(listener));
    let mut work = Vec::new();
    // Another for each part, which takes its numbers when it likes.
    let mut fork = || Random::new(random.below(u64::MAX));
    work.extend((0..16).map(|_| spawn(load::connect(address, fork()))));
    work.extend((0..2).map(|_| spawn(load::timers(fork()))));
    work.extend((0..2).map(|_| spawn(load::tasks(fork()))));
    work.extend((0..2).map(|_| spawn(load::jobs(fork()))));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let (spawner, random) = (spawner.clone(), fork());
            thread::spawn(move || load::thread(&spawner, random))
        })
        .collect();

    time::sleep(length).await;

    load::stop();
    for work in work {
        work.await.unwrap();
    }
    for thread in threads {
        // Not `join` before that: it may wait for a task of this executor.
        while !thread.is_finished() {
            time::sleep(MS).await;
        }
        thread.join().unwrap();
    }
    // What was detached, and the server's ends of connections.
    while !count::is_even() {
        time::sleep(MS).await;
    }
    assert!(server.abort().await.unwrap_err().is_aborted());
    // What was counted last has to be dropped as well.
    time::sleep(MS).await;
    Held::now()
}
