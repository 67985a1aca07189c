//! Blocking work, and files.

#![cfg(not(loom))]

use pinsight_rt::{LocalExecutor, block_on, fs, join_all, spawn, time, unblock};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

#[test]
fn it_runs_elsewhere_and_blocks_nobody() {
    LocalExecutor::new().run(async {
        let here = thread::current().id();
        let job = spawn(unblock(move || {
            thread::sleep(Duration::from_millis(30));
            thread::current().id() != here
        }));
        let start = std::time::Instant::now();
        time::sleep(Duration::from_millis(1)).await;
        assert!(start.elapsed() < Duration::from_millis(25) && !job.is_finished());
        assert!(job.await.unwrap());
    });
}

#[test]
fn it_needs_no_executor() {
    assert_eq!(block_on(unblock(|| 5)), 5);
}

#[test]
fn the_number_of_threads_is_bounded() {
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
