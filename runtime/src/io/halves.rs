//! The two directions of one value, apart from each other.

use super::Async;
use std::ops::Deref;
use std::os::fd::AsFd;
use std::rc::Rc;

/// The half of a value that reads; made by [`Async::into_split`].
///
/// There is one of them, and one task at a time that waits for it: two would take each other's wake-ups.
///
/// ```compile_fail,E0499
/// use pinsight_rt::{io::ReadHalf, spawn};
/// use std::net::TcpStream;
///
/// async fn read_twice(mut half: ReadHalf<TcpStream>) {
///     let (mut one, mut other) = ([0], [0]);
///     let (first, second) = (half.read(&mut one), half.read(&mut other));
///     let _ = (first.await, second.await);
/// }
/// ```
#[derive(Debug)]
pub struct ReadHalf<T> {
    value: Rc<Async<T>>,
}

/// The half of a value that writes; made by [`Async::into_split`]. When it is dropped, the other side of a stream sees its end.
#[derive(Debug)]
pub struct WriteHalf<T: AsFd> {
    value: Rc<Async<T>>,
}

pub(super) fn split<T: AsFd>(value: Async<T>) -> (ReadHalf<T>, WriteHalf<T>) {
    let value = Rc::new(value);
    (ReadHalf { value: Rc::clone(&value) }, WriteHalf { value })
}

/// By `&` only, nobody can wait.
impl<T> Deref for ReadHalf<T> {
    type Target = Async<T>;

    fn deref(&self) -> &Async<T> {
        &self.value
    }
}

/// By `&` only, nobody can wait.
impl<T: AsFd> Deref for WriteHalf<T> {
    type Target = Async<T>;

    fn deref(&self) -> &Async<T> {
        &self.value
    }
}

impl<T: AsFd> Drop for WriteHalf<T> {
    fn drop(&mut self) {
        // Fails if the other side has closed the connection: then it knows.
        let _ = self.value.end_writing();
    }
}
