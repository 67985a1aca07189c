//! The events of the `tracing` crate.
//!
//! A binary with this one test: whether an event has a subscriber is remembered for the whole process when the event first
//! comes, so that a test beside this one could answer "no" for it.

#![cfg(all(feature = "tracing", not(loom)))]

#[path = "harness/on_event.rs"]
mod on_event;

use on_event::on_event;
use pinsight_rt::{LocalExecutor, spawn_named, trace};
use std::fmt;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use tracing::field::{Field, Visit};

static EVENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0 += &format!("{field}={value:?} ");
    }
}

#[test]
fn spawns_ends_and_slow_polls_are_events() {
    let keep = on_event(|event| {
        let mut text = Text(format!("{} ", event.metadata().level()));
        event.record(&mut text);
        EVENTS.lock().unwrap().push(text.0);
    });
    tracing::subscriber::with_default(keep, || {
        LocalExecutor::new().run(async {
            trace::warn_of_slow_polls(Duration::from_millis(5));
            spawn_named("told of", async { thread::sleep(Duration::from_millis(6)) }).await.unwrap();
        });
    });
    let events = EVENTS.lock().unwrap().join("\n");
    for part in ["DEBUG message=spawn", "WARN message=slow poll", "DEBUG message=end", "told of", "took="] {
        assert!(events.contains(part), "no `{part}` in {events}");
    }
}
