//! The mailbox: two who send, and the owner who sleeps.

use super::thread::{self, JoinHandle, Thread};
use crate::executor::mailbox::{Bed, Mailbox};
use crate::executor::shared::Shared;
use crate::sync::{AtomicBool, Ordering};
use loom::model;
use std::sync::Arc;

/// Wakes whom the bell is for. Returns whether there was anybody.
fn answer(bell: Option<Bed>, owner: &Thread) -> bool {
    let wakes = bell == Some(Bed::Thread);
    if wakes {
        owner.unpark();
    }
    wakes
}

/// The owner's part: empties the box, and sleeps while it is empty, until `is_done`. Returns how often it has slept.
fn own<T>(mailbox: &Mailbox<T>, mut is_done: impl FnMut(Vec<T>) -> bool) -> usize {
    let mut sleeps = 0;
    loop {
        if mailbox.is_rung() && is_done(mailbox.empty()) {
            return sleeps;
        }
        if mailbox.lie_down(Bed::Thread) {
            sleeps += 1;
            thread::park();
            mailbox.get_up(Bed::Thread);
        }
    }
}

/// How many of the senders have woken the owner.
fn count(senders: Vec<JoinHandle<bool>>) -> usize {
    senders.into_iter().map(|sender| usize::from(sender.join().unwrap())).sum()
}

#[test]
fn no_letter_is_lost_and_a_sleep_has_one_bell() {
    model(|| {
        let mailbox = Arc::new(Mailbox::new());
        let owner = thread::current();
        let send = |letter| {
            let (mailbox, owner) = (Arc::clone(&mailbox), owner.clone());
            thread::spawn(move || answer(mailbox.post(letter).unwrap(), &owner))
        };
        let senders = vec![send(1), send(2)];
        let mut letters = Vec::new();
        let sleeps = own(&mailbox, |new| {
            letters.extend(new);
            letters.len() == 2
        });
        assert_eq!(letters.iter().sum::<i32>(), 3);
        assert_eq!(count(senders), sleeps, "bells and sleeps");
    });
}

/// As for the root future: what is rung for lies elsewhere, and no lock protects it.
#[test]
fn what_was_written_before_the_bell_is_seen_after_it() {
    model(|| {
        let mailbox = Arc::new(Mailbox::<()>::new());
        let flags = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let owner = thread::current();
        let ring = |number: usize| {
            let (mailbox, flags, owner) = (Arc::clone(&mailbox), Arc::clone(&flags), owner.clone());
            thread::spawn(move || {
                flags[number].store(true, Ordering::Relaxed);
                answer(mailbox.ring(), &owner)
            })
        };
        let ringers = vec![ring(0), ring(1)];
        let sleeps = own(&mailbox, |_| flags.iter().all(|flag| flag.load(Ordering::Relaxed)));
        assert_eq!(count(ringers), sleeps, "bells and sleeps");
    });
}

/// A sleep that ends for another reason, such as a timer, hides no bell, and leaves none for the next.
#[test]
fn a_sleep_that_ends_by_itself_loses_nothing() {
    model(|| {
        let mailbox = Arc::new(Mailbox::new());
        let owner = thread::current();
        let theirs = Arc::clone(&mailbox);
        let sender = thread::spawn(move || answer(theirs.post(()).unwrap(), &owner));
        if mailbox.lie_down(Bed::Thread) {
            mailbox.get_up(Bed::Thread);
        }
        let mut received = 0;
        let sleeps = own(&mailbox, |new| {
            received += new.len();
            received == 1
        });
        let bells = usize::from(sender.join().unwrap());
        assert!(bells == sleeps || (bells, sleeps) == (1, 0), "{bells} bells for {sleeps} sleeps");
    });
}

#[test]
fn a_letter_to_a_box_that_closes_is_taken_or_comes_back() {
    model(|| {
        let mailbox = Arc::new(Mailbox::new());
        let post = |letter| {
            let mailbox = Arc::clone(&mailbox);
            thread::spawn(move || mailbox.post(letter).err())
        };
        let senders = [post(1), post(2)];
        let mut letters = mailbox.empty();
        letters.extend(mailbox.close());
        letters.extend(senders.into_iter().filter_map(|sender| sender.join().unwrap()));
        letters.sort_unstable();
        assert_eq!(letters, [1, 2]);
        assert!(mailbox.close().is_empty() && mailbox.post(3).is_err());
    });
}

/// A clock that stands still goes on when no job of the thread pool is left. Whoever waits for one has been woken by then.
#[test]
fn a_job_that_is_over_has_woken_before() {
    model(|| {
        let shared = Arc::new(Shared::new());
        let result = Arc::new(AtomicBool::new(false));
        shared.begin_job();
        let (theirs, given) = (Arc::clone(&shared), Arc::clone(&result));
        let helper = thread::spawn(move || {
            given.store(true, Ordering::Relaxed);
            let _ = theirs.mailbox.ring();
            theirs.end_job();
        });
        if !shared.has_jobs() {
            assert!(shared.mailbox.is_rung() && result.load(Ordering::Relaxed));
        }
        helper.join().unwrap();
        assert!(!shared.has_jobs() && shared.mailbox.is_rung());
    });
}
