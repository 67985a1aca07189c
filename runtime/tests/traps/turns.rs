//! Who is always ready keeps nobody waiting.

use crate::{MS, within_ten_seconds};
use pinsight_rt::net::UnixStream;
use pinsight_rt::{LocalExecutor, spawn, time, yield_now};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// Trap 13: ten thousand timers of one tick are not one burst.
#[test]
fn a_crowd_of_timers_lets_others_have_turns() {
    LocalExecutor::new().run(async {
        time::pause();
        let deadline = time::now() + MS;
        let fired = Rc::new(Cell::new(0));
        let theirs = Rc::clone(&fired);
        // Its timer is the first of them, and then it looks on.
        let observer = spawn(async move {
            time::sleep_until(deadline).await;
            let mut seen = vec![0];
            while theirs.get() < 10_000 {
                yield_now().await;
                seen.push(theirs.get());
            }
            seen
        });
        for _ in 0..10_000 {
            let fired = Rc::clone(&fired);
            drop(spawn(async move {
                time::sleep_until(deadline).await;
                fired.set(fired.get() + 1);
            }));
        }
        let seen = observer.await.unwrap();
        let most = seen.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(most <= 200, "{most} timers between two turns");
    });
}

/// Trap 15, and 7: neither tasks that are always ready nor sources that are always ready keep timers waiting.
#[test]
fn busy_tasks_and_busy_sockets_do_not_starve_timers() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let polls = Rc::new(Cell::new(0_u64));
            for _ in 0..500 {
                let polls = Rc::clone(&polls);
                drop(spawn(async move {
                    loop {
                        polls.set(polls.get() + 1);
                        yield_now().await;
                    }
                }));
            }
            let (mut one, mut other) = UnixStream::pair().unwrap();
            drop(spawn(async move {
                loop {
                    one.write_all(&[0; 256]).await.unwrap();
                }
            }));
            drop(spawn(async move {
                let mut buffer = [0; 64];
                loop {
                    other.read_exact(&mut buffer).await.unwrap();
                }
            }));
            for _ in 0..5 {
                let before = polls.get();
                time::sleep(Duration::ZERO).await;
                time::sleep(MS / 10).await;
                assert!(polls.get() > before);
            }
        });
    });
}
