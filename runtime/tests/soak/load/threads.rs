//! What comes from other threads.

use super::{end, goes_on, wait};
use crate::count;
use crate::random::Random;
use pinsight_rt::{Spawner, block_on};
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Spawns, joins, aborts and wakes, one after another.
pub(crate) fn thread(spawner: &Spawner, mut random: Random) {
    let exchange = Arc::new(Exchange::default());
    let theirs = Arc::clone(&exchange);
    let asker = thread::current();
    let answers = spawner.spawn(async move { theirs.answer(&asker).await });
    while goes_on() {
        for _ in 0..random.below(50) {
            count::WAKES.begin();
            exchange.ask();
            count::WAKES.answer();
        }
        let turns = random.below(8);
        count::SENT.begin();
        match random.below(4) {
            0 => {
                let make = move || {
                    let turns = Rc::new(turns);
                    async move { end(*turns).await }
                };
                assert_eq!(block_on(spawner.spawn_with(make)).unwrap(), turns);
            }
            1 => assert!(block_on(spawner.spawn(wait()).abort()).unwrap_err().is_aborted()),
            2 => {
                count::DETACHED.begin();
                drop(spawner.spawn(async move {
                    end(turns).await;
                    count::DETACHED.answer();
                }));
            }
            _ => assert_eq!(block_on(spawner.spawn(end(turns))).unwrap(), turns),
        }
        count::SENT.answer();
        if random.below(4) == 0 {
            // So that the executor gets to sleep now and then.
            thread::sleep(Duration::from_micros(random.below(2000)));
        }
    }
    exchange.change(|state| state.is_over = true);
    block_on(answers).unwrap();
}

/// Questions of a thread, which a task answers.
#[derive(Default)]
struct Exchange(Mutex<State>);

#[derive(Default)]
struct State {
    asked: u64,
    answered: u64,
    is_over: bool,
    waker: Option<Waker>,
}

impl Exchange {
    /// Changes the state, and wakes the task.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.0.lock().unwrap();
        change(&mut state);
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }

    fn ask(&self) {
        self.change(|state| state.asked += 1);
        let is_answered = || {
            let state = self.0.lock().unwrap();
            state.asked == state.answered
        };
        while !is_answered() {
            thread::park();
        }
    }

    async fn answer(&self, asker: &Thread) {
        poll_fn(|context| {
            let mut state = self.0.lock().unwrap();
            if state.is_over {
                return Poll::Ready(());
            }
            state.answered = state.asked;
            state.waker = Some(context.waker().clone());
            asker.unpark();
            Poll::Pending
        })
        .await;
    }
}
