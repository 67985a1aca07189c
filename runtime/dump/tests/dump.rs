//! Dumps as text and as JSON, on a signal, and with the states of futures.

use pinsight_rt::{LocalExecutor, spawn, spawn_named, time};
use pinsight_rt_dump::{Dump, dump_on_signal, set_state_reader};
use std::future::pending;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::process::{Command, Stdio};
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

#[test]
fn text_and_json() {
    let executor = LocalExecutor::new();
    drop(executor.spawn_named("with \"quotes\"\nand \\", pending::<()>()));
    drop(executor.spawn(pending::<()>()));
    executor.run_until_stalled();
    let text = Dump::of(&executor).to_string();
    assert!(text.starts_with("2 tasks\n") && text.contains("last woken by"), "{text}");
    assert!(text.contains("bytes, spawned at ") && text.contains("dump.rs:"), "{text}");
    let header = text.lines().nth(1).unwrap();
    let named = text.lines().find(|line| line.contains("with")).unwrap();
    assert!(named.contains(r#"with \"quotes\"\nand \\"#), "{named}");
    // Columns are as wide as the longest name.
    let ends_at = |line: &str, word: &str| line.find(word).unwrap() + word.len();
    assert_eq!(ends_at(header, "polls"), ends_at(named, " 1 ") - 1, "{text}");
    let json: serde_json::Value = serde_json::from_str(&Dump::of(&executor).to_json()).unwrap();
    assert_eq!(json["format_version"], 1);
    let tasks = json["tasks"].as_array().unwrap();
    assert_eq!((tasks.len(), &tasks[0]["name"]), (2, &"with \"quotes\"\nand \\".into()));
    assert_eq!((&tasks[1]["name"], &tasks[1]["polls"]), (&serde_json::Value::Null, &1.into()));
    assert_eq!(tasks[1]["wakes"]["timers"], 0);
    assert!(tasks[1]["size"].is_u64() && tasks[1]["busy_ns"].is_u64() && tasks[1]["state"].is_null());
}

#[test]
fn a_reader_says_the_state() {
    let executor = LocalExecutor::new();
    drop(executor.spawn_named("read me", pending::<()>()));
    executor.run_until_stalled();
    assert!(set_state_reader(|task| {
        // What a real reader goes by.
        let is_there = task.address != 0 && !task.type_name.is_empty();
        (is_there && task.name.as_deref() == Some("read me")).then(|| "at its first await".to_owned())
    }));
    assert!(!set_state_reader(|_| None), "the first one stays");
    assert_eq!(Dump::of(&executor).tasks[0].state.as_deref(), Some("at its first await"));
    assert!(Dump::of(&executor).to_string().contains(", at its first await"));
}

/// Runs an ignored test of this file in a process of its own. Returns what it has written to stderr, call by call.
fn writes_of(test: &str) -> Vec<String> {
    let mut ends = [0; 2];
    // SAFETY: The place is one for two descriptors, which are nobody's but ours.
    let [ours, theirs] = unsafe {
        assert_eq!(libc::socketpair(libc::AF_UNIX, libc::SOCK_SEQPACKET | libc::SOCK_CLOEXEC, 0, ends.as_mut_ptr()), 0);
        ends.map(|end| OwnedFd::from_raw_fd(end))
    };
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"])
        .stderr(theirs)
        .stdout(Stdio::null());
    let mut child = command.spawn().unwrap();
    // With it, our copy of the other end.
    drop(command);
    let mut writes = Vec::new();
    let mut packet = vec![0; 1 << 20];
    let mut receive = || {
        // SAFETY: The descriptor is open, and the place has the length that is given.
        let length = unsafe { libc::recv(ours.as_raw_fd(), packet.as_mut_ptr().cast(), packet.len(), 0) };
        (length > 0).then(|| String::from_utf8_lossy(&packet[..length as usize]).into_owned())
    };
    while let Some(write) = receive() {
        writes.push(write);
    }
    assert!(child.wait().unwrap().success(), "{}", writes.concat());
    writes
}

#[test]
fn a_signal_asks_for_a_dump() {
    let writes = writes_of("child_that_dumps");
    assert_eq!(writes.len(), 2, "a dump is one call of the system");
    for text in writes {
        assert_eq!(text.matches("waits for ever").count(), 1, "{text}");
        assert!(text.starts_with("156 tasks\n") && text.contains("dump on SIGUSR1"), "{text}");
    }
}

#[test]
#[ignore = "run by `a_signal_asks_for_a_dump`"]
fn child_that_dumps() {
    LocalExecutor::new().run(async {
        drop(dump_on_signal().unwrap());
        drop(spawn_named("waits for ever", pending::<()>()));
        (0..154).for_each(|_| drop(spawn(pending::<()>())));
        for _ in 0..2 {
            // SAFETY: Sends a signal to this process, which has a handler for it.
            assert_eq!(unsafe { libc::raise(libc::SIGUSR1) }, 0);
            time::sleep(20 * MS).await;
        }
    });
}

/// The task has a handler and its descriptors; when it goes, so do they. In a process of its own, whose descriptors nobody else opens.
#[test]
fn what_dumps_leaves_nothing_behind() {
    assert_eq!(writes_of("child_that_stops_dumping"), [] as [&str; 0]);
}

#[test]
#[ignore = "run by `what_dumps_leaves_nothing_behind`"]
fn child_that_stops_dumping() {
    let descriptors = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let executor = LocalExecutor::new();
    let counts = [0; 5].map(|_| {
        executor.run(async {
            let dumps = dump_on_signal().unwrap();
            time::sleep(MS).await;
            assert!(dumps.abort().await.is_err());
        });
        descriptors()
    });
    assert_eq!(counts, [counts[0]; 5]);
    // Nobody prints it any more, and it does not end the process.
    // SAFETY: Sends a signal to this process.
    assert_eq!(unsafe { libc::raise(libc::SIGUSR1) }, 0);
}
