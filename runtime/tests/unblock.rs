//! Blocking work, and files.

#![cfg(not(loom))]

#[path = "harness/hang.rs"]
mod hang;

use futures_util::future::join_all;
use pinsight_rt::{LocalExecutor, block_on, fs, spawn, time, unblock};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Held by tests that count threads, of which there are those of the process.
static COUNTS: Mutex<()> = Mutex::new(());

#[test]
fn it_runs_elsewhere_and_blocks_nobody() {
    LocalExecutor::new().run(async {
        let here = thread::current().id();
        let (release, held) = std::sync::mpsc::channel();
        let job = spawn(unblock(move || {
            held.recv().expect("the test lets it go");
            thread::current().id() != here
        }));
        time::sleep(Duration::from_millis(1)).await;
        assert!(!job.is_finished());
        release.send(()).expect("the job waits");
        assert!(job.await.unwrap());
    });
}

#[test]
fn it_needs_no_executor() {
    assert_eq!(block_on(unblock(|| 5)), 5);
}

#[test]
fn the_number_of_threads_is_bounded() {
    let _alone = COUNTS.lock().unwrap();
    let now = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let jobs = (0..200).map(|_| {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        unblock(move || {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(2));
            now.fetch_sub(1, Ordering::SeqCst);
        })
    });
    block_on(join_all(jobs));
    let most = most.load(Ordering::SeqCst);
    assert!((2..=64).contains(&most), "{most} at once");
}

#[test]
fn a_panic_goes_to_whoever_awaits() {
    let panic = catch_unwind(AssertUnwindSafe(|| block_on(unblock(|| panic!("in the job"))))).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"in the job"));
    assert_eq!(block_on(unblock(|| 6)), 6);
}

#[test]
fn a_detached_job_goes_on() {
    let done = Arc::new(AtomicUsize::new(0));
    let theirs = Arc::clone(&done);
    unblock(move || theirs.store(1, Ordering::Release)).detach();
    while done.load(Ordering::Acquire) == 0 {
        thread::yield_now();
    }
}

#[test]
fn files() {
    let folder = std::env::temp_dir().join(format!("pinsight-rt-fs-{}", std::process::id()));
    LocalExecutor::new()
        .run(async {
            let file = folder.join("a/file");
            fs::create_dir_all(folder.join("a")).await?;
            fs::write(&file, b"text").await?;
            assert_eq!(fs::read(&file).await?, b"text");
            assert_eq!(fs::copy(&file, folder.join("a/copy")).await?, 4);
            fs::rename(folder.join("a/copy"), folder.join("a/moved")).await?;
            assert_eq!(fs::read_to_string(folder.join("a/moved")).await?, "text");
            fs::remove_file(&file).await?;
            assert_eq!(fs::names(folder.join("a")).await?, ["moved"]);
            assert!(fs::metadata(&folder).await?.is_dir());
            assert!(fs::canonicalize(&folder).await?.is_absolute());
            fs::remove_dir_all(&folder).await?;
            assert_eq!(fs::read(&file).await.unwrap_err().kind(), std::io::ErrorKind::NotFound);
            std::io::Result::Ok(())
        })
        .unwrap();
}

/// Each waits for one of its own, and more of them than there are threads.
#[test]
fn jobs_that_wait_for_jobs() {
    fn nested(depth: usize) -> usize {
        if depth == 0 { 0 } else { 1 + block_on(unblock(move || nested(depth - 1))) }
    }
    let _alone = COUNTS.lock().unwrap();
    hang::within(Duration::from_secs(60), || {
        assert_eq!(nested(200), 200);
        let crowd = (0..100).map(|_| unblock(|| nested(3)));
        assert_eq!(block_on(join_all(crowd)), [3; 100]);
    });
    // What they needed is given back.
    let threads = || std::fs::read_dir("/proc/self/task").unwrap().count();
    let limit = std::time::Instant::now() + Duration::from_secs(20);
    while threads() > 64 + 16 {
        assert!(std::time::Instant::now() < limit, "{} threads", threads());
        thread::sleep(Duration::from_millis(10));
    }
}

/// A child process has none of the threads of its parent. Here the pool has some, of which one is at work, and jobs that wait.
#[cfg(target_os = "linux")]
#[test]
fn it_works_in_a_forked_child() {
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let blocked = unblock(move || receiver.recv().is_err());
    assert_eq!(block_on(unblock(|| 1)), 1);
    for _ in 0..2 {
        // SAFETY: The child calls nothing but what it tries, and goes without running anything of its parent.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let executor = LocalExecutor::new();
            let sum = executor.run(async { unblock(|| 1).await + unblock(|| 2).await });
            // And a child of the child.
            // SAFETY: As above.
            let grandchild = unsafe { libc::fork() };
            let sum = if grandchild == 0 { block_on(unblock(|| 3)) } else { sum };
            let mut status = 0;
            // SAFETY: They end this process, or wait for its child.
            unsafe {
                if grandchild > 0 {
                    libc::alarm(10);
                    assert_eq!(libc::waitpid(grandchild, &raw mut status, 0), grandchild);
                }
                libc::_exit(if sum == 3 && status == 0 { 0 } else { 1 });
            }
        }
        let limit = std::time::Instant::now() + Duration::from_secs(20);
        let mut status = 0;
        // SAFETY: The child is this process's, and the place is one for its status.
        while unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) } == 0 {
            if std::time::Instant::now() > limit {
                // SAFETY: As above.
                unsafe { libc::kill(child, libc::SIGKILL) };
                panic!("the child hangs");
            }
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(status, 0);
    }
    drop(sender);
    assert!(block_on(blocked));
}
