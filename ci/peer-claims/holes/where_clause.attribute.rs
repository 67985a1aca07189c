//@ row: a where clause mentions such a name: a second `impl Unpin` counts as not overlapping
//@ runs with pin-project: the pinned value was moved: true
//@ pinsight: conflicting implementations of trait `Unpin`
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pin_project::pin_project;
use std::marker::PhantomPinned;
use std::pin::Pin;

mod _pin_project {
    pub mod __private {
        pub struct PhantomPinned;
    }
}
trait Holds<F: ?Sized> {}
// What the where clause means where it is written: no more than the declaration says.
impl<F: ?Sized> Holds<F> for _pin_project::__private::PhantomPinned {}
// What the same tokens mean where the macro repeats them: a bound that `dyn Steal` does not meet.
impl<F> Holds<F> for PhantomPinned {}

#[pin_project]
struct Task<F: ?Sized>
where
    _pin_project::__private::PhantomPinned: Holds<F>,
{
    retries: u8,
    #[pin]
    future: F,
}

impl Unpin for Task<dyn Steal> {}

trait Steal {
    fn move_and_tell(&mut self) -> usize;
}
struct Marked(u8, PhantomPinned);
impl Steal for Option<Marked> {
    fn move_and_tell(&mut self) -> usize {
        let moved = Box::new(self.take().unwrap());
        std::ptr::from_ref(&moved.0) as usize
    }
}

fn main() {
    let mut task: Pin<Box<Task<Option<Marked>>>> = Box::pin(Task { retries: 0, future: Some(Marked(7, PhantomPinned)) });
    let pinned: Pin<&mut Option<Marked>> = task.as_mut().project().future;
    let first = std::ptr::from_ref(&pinned.as_ref().get_ref().as_ref().unwrap().0) as usize;
    let mut task: Pin<Box<Task<dyn Steal>>> = task;
    let second = Pin::get_mut(task.as_mut()).future.move_and_tell();
    println!("the pinned value was moved: {}", first != second);
}
