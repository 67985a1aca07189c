// a later attribute removes a where clause; nothing compares the clauses
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pinsight::PinProject;
use std::pin::Pin;
trait IsSized {}
impl<T> IsSized for T {}

#[derive(PinProject)]
#[attackers::rewrite("where F : IsSized ," => "")]
struct S<F: ?Sized>
where
    F: IsSized,
{
    n: u8,
    #[pin]
    f: F,
}

trait Steal {
    fn addr(&mut self) -> usize;
}
struct Fut(std::marker::PhantomPinned, [u8; 3]);
impl Steal for Option<Fut> {
    fn addr(&mut self) -> usize {
        let moved = Box::new(self.take().unwrap());
        &moved.1 as *const _ as usize
    }
}
impl Unpin for S<dyn Steal> {}

fn main() {
    let mut s: Pin<Box<S<Option<Fut>>>> = Box::pin(S { n: 0, f: Some(Fut(std::marker::PhantomPinned, [7; 3])) });
    let p: Pin<&mut Option<Fut>> = s.as_mut().project().f;
    let first = &p.as_ref().get_ref().as_ref().unwrap().1 as *const _ as usize;
    let mut s: Pin<Box<S<dyn Steal>>> = s;
    let second = Pin::get_mut(s.as_mut()).f.addr();
    println!("pinned at {first:#x}, then moved to {second:#x}");
}
