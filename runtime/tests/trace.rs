//! What the task dump tells.

#![cfg(all(feature = "trace", not(loom)))]

use pinsight_rt::net::UnixStream;
use pinsight_rt::trace::{self, Cause, TaskInfo};
use pinsight_rt::{LocalExecutor, spawn_named, time, yield_now};
use std::future::{pending, poll_fn};
#[cfg(not(feature = "tracing"))]
use std::io::Read;
#[cfg(not(feature = "tracing"))]
use std::process::{Command, Stdio};
use std::task::Poll;
use std::thread;
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

fn named(name: &str) -> TaskInfo {
    trace::tasks().into_iter().find(|task| task.name.as_deref() == Some(name)).expect("the task lives")
}

#[test]
fn what_a_task_is() {
    LocalExecutor::new().run(async {
        let line = line!() + 1;
        drop(spawn_named("one", async {
            let kept = [0_u8; 64];
            pending::<()>().await;
            std::hint::black_box(&kept);
        }));
        let before = named("one");
        assert_eq!((before.polls, before.address), (0, 0));
        yield_now().await;
        let task = named("one");
        assert_eq!((task.place.line(), task.polls), (line, 1));
        assert!(task.place.file().ends_with("trace.rs") && task.size >= 64 && task.address != 0, "{task:?}");
        assert!(task.type_name.contains("what_a_task_is"), "{}", task.type_name);
        assert!(task.busy >= task.longest && task.longest > Duration::ZERO, "{task:?}");
        drop(spawn_named("other", async {}));
        assert_ne!(named("other").id, task.id);
        yield_now().await;
        assert_eq!(trace::tasks().len(), 1);
    });
}

#[test]
fn who_wakes() {
    LocalExecutor::new().run(async {
        // A wake-up is told of where it came from, in the words of the dump.
        drop(spawn_named("self", async {
            yield_now().await;
            pending::<()>().await;
        }));
        drop(spawn_named("timer", async {
            time::sleep(MS).await;
            pending::<()>().await;
        }));
        let (mut one, mut other) = UnixStream::pair().unwrap();
        drop(spawn_named("io", async move {
            one.read_exact(&mut [0]).await.unwrap();
            pending::<()>().await;
        }));
        drop(spawn_named("thread", async {
            let mut helper: Option<thread::JoinHandle<()>> = None;
            poll_fn(|context| match helper.take() {
                Some(helper) => {
                    helper.join().unwrap();
                    Poll::Ready(())
                }
                None => {
                    let waker = context.waker().clone();
                    helper = Some(thread::spawn(move || {
                        thread::sleep(MS);
                        waker.wake();
                    }));
                    Poll::Pending
                }
            })
            .await;
            pending::<()>().await;
        }));
        let quick = spawn_named("quick", yield_now());
        let quick_id = named("quick").id;
        drop(spawn_named("task", async move {
            quick.await.unwrap();
            pending::<()>().await;
        }));
        let (sender, receiver) = std::sync::mpsc::channel();
        drop(spawn_named("root", async move {
            let mut is_first = true;
            poll_fn(|context| {
                if std::mem::take(&mut is_first) {
                    sender.send(context.waker().clone()).unwrap();
                    return Poll::Pending;
                }
                Poll::Ready(())
            })
            .await;
            pending::<()>().await;
        }));
        yield_now().await;
        receiver.recv().unwrap().wake();
        other.write_all(b"x").await.unwrap();
        // Until all of them have been woken; the test hangs if one never is.
        while trace::tasks().iter().any(|task| task.polls < 2) {
            time::sleep(MS).await;
        }
        for (name, waker) in [
            ("self", "itself".to_owned()),
            ("timer", "a timer".to_owned()),
            ("io", "I/O".to_owned()),
            ("thread", "another thread".to_owned()),
            ("task", format!("task {quick_id}")),
            ("root", "the root future".to_owned()),
        ] {
            let task = named(name);
            let last_waker = task.last_waker.map(|cause| cause.to_string());
            assert_eq!((last_waker, task.wakes.iter().sum(), task.polls), (Some(waker), 1, 2), "{name}");
        }
        let wakes = named("task").wakes;
        assert_eq!((wakes[Cause::Task(0).index()], wakes[Cause::Itself.index()]), (1, 0));
    });
}

#[test]
fn a_poll_that_panics_counts() {
    let executor = LocalExecutor::new();
    let seen = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let theirs = std::rc::Rc::clone(&seen);
    // The hook is the last one that can still see the task.
    executor.on_panic(move |_| theirs.replace(trace::tasks()).clear());
    let task = executor.spawn_named("panics", async {
        yield_now().await;
        thread::sleep(2 * MS);
        panic!("in the second poll");
    });
    let error: Result<(), _> = executor.run(task);
    assert!(error.unwrap_err().is_panic());
    let seen = seen.take();
    assert_eq!((seen.len(), seen[0].polls), (1, 2));
    assert!(seen[0].longest >= 2 * MS && seen[0].busy >= seen[0].longest);
}

#[test]
fn how_long_polls_take() {
    LocalExecutor::new().run(async {
        drop(spawn_named("slow", async {
            thread::sleep(5 * MS);
            yield_now().await;
            pending::<()>().await;
        }));
        time::sleep(3 * MS).await;
        time::sleep(3 * MS).await;
        let task = named("slow");
        assert!(task.longest >= 5 * MS && task.busy >= task.longest && task.busy < task.longest * 2, "{task:?}");
        assert!(task.idle >= 3 * MS, "{task:?}");
    });
}

/// In a process of their own, whose stderr can be read: see the other half below.
#[cfg(not(feature = "tracing"))]
fn stderr_of(test: &str) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success(), "{text}");
    text
}

#[test]
#[cfg(not(feature = "tracing"))]
fn slow_polls_are_told_of() {
    let text = stderr_of("child_that_is_slow");
    assert_eq!(text.matches("warning: a poll of task `slow`, spawned at ").count(), 1, "{text}");
    assert!(text.contains("help: use `unblock`"), "{text}");
}

#[test]
#[ignore = "run by `slow_polls_are_told_of`"]
#[cfg(not(feature = "tracing"))]
fn child_that_is_slow() {
    LocalExecutor::new().run(async {
        trace::warn_of_slow_polls(5 * MS);
        drop(spawn_named("quick", yield_now()));
        drop(spawn_named("slow", async { thread::sleep(10 * MS) }));
        time::sleep(MS).await;
        trace::warn_of_slow_polls(Duration::ZERO);
        drop(spawn_named("slow again", async { thread::sleep(10 * MS) }));
        time::sleep(MS).await;
    });
}
