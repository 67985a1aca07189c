//! A task and a thread that wake each other.

use std::sync::mpsc;

use crate::future::Signal;
use crate::rt::Tasks;

/// Round trips from a task to a thread, which waits in a channel of the standard library.
pub async fn round_trips<R: Tasks>(spawner: R::Spawner, count: usize) {
    let (to_thread, from_task) = mpsc::channel::<()>();
    let answer = Signal::default();
    let their_answer = answer.clone();
    let thread = std::thread::spawn(move || {
        while from_task.recv().is_ok() {
            their_answer.send();
        }
    });
    let task = R::spawn(spawner, async move {
        for _ in 0..count {
            to_thread.send(()).expect("the thread waits for it");
            answer.receive().await;
        }
    });
    task.await;
    thread.join().expect("the thread does not panic");
}
