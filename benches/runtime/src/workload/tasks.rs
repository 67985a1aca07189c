//! Tasks that are spawned, that yield, and that talk to each other.

use crate::future::{Signal, YieldNow, yield_times};
use crate::rt::{Entry, Tasks};

/// Runs a ready future again and again.
pub fn ready<R: Entry>(runtime: &R, count: usize) {
    for _ in 0..count {
        std::hint::black_box(runtime.block_on(std::future::ready(std::hint::black_box(1))));
    }
}

/// Spawns all tasks, then joins them in order.
pub async fn spawn_join_all<R: Tasks>(spawner: R::Spawner, count: usize) {
    let mut handles = Vec::with_capacity(count);
    handles.extend((0..count).map(|number| R::spawn(spawner, async move { number })));
    for (number, handle) in handles.into_iter().enumerate() {
        assert_eq!(handle.await, number);
    }
}

/// Spawns and joins one task at a time.
pub async fn spawn_join_one<R: Tasks>(spawner: R::Spawner, count: usize) {
    for number in 0..count {
        assert_eq!(R::spawn(spawner, async move { number }).await, number);
    }
}

/// As many batches as make `total` tasks.
pub async fn batches<R: Tasks>(spawner: R::Spawner, size: usize, total: usize) {
    for _ in 0..total.div_ceil(size) {
        spawn_join_all::<R>(spawner, size).await;
    }
}

/// `tasks` tasks share the yields.
pub async fn yields<R: Tasks>(spawner: R::Spawner, tasks: usize, count: usize) {
    let handles: Vec<_> = (0..tasks).map(|_| R::spawn(spawner, yield_times(count / tasks))).collect();
    for handle in handles {
        handle.await;
    }
}

/// One task yields in the runtime's own way.
pub async fn own_yields<R: Tasks>(spawner: R::Spawner, count: usize) {
    R::spawn(spawner, own_yield_times::<R>(count)).await;
}

async fn own_yield_times<R: Tasks>(times: usize) {
    for _ in 0..times {
        R::yield_now().await;
    }
}

/// Two tasks wake each other.
pub async fn ping_pong<R: Tasks>(spawner: R::Spawner, count: usize) {
    let (ping, pong) = (Signal::default(), Signal::default());
    let (their_ping, their_pong) = (ping.clone(), pong.clone());
    let other = R::spawn(spawner, async move {
        for _ in 0..count {
            their_ping.receive().await;
            their_pong.send();
        }
    });
    let one = R::spawn(spawner, async move {
        for _ in 0..count {
            ping.send();
            pong.receive().await;
        }
    });
    one.await;
    other.await;
}

/// The same over two channels of async-channel.
pub async fn ping_pong_channel<R: Tasks>(spawner: R::Spawner, count: usize) {
    let (ping, their_ping) = async_channel::bounded::<usize>(1);
    let (their_pong, pong) = async_channel::bounded::<usize>(1);
    let other = R::spawn(spawner, async move {
        while let Ok(number) = their_ping.recv().await {
            their_pong.send(number).await.expect("the other side waits for it");
        }
    });
    let one = R::spawn(spawner, async move {
        for number in 0..count {
            ping.send(number).await.expect("the other side waits for it");
            assert_eq!(pong.recv().await, Ok(number));
        }
    });
    one.await;
    other.await;
}

/// A root future that yields.
pub async fn root_yields(count: usize) {
    for _ in 0..count {
        YieldNow::default().await;
    }
}
