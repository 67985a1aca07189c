// a later attribute turns the struct into an alias of one instance of another struct: only that instance is guarded
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
#[attackers::rewrite("struct S < F > { # [ pin ] f : F , tail : [ u8 ; 3 ]" => "struct Whole < F , T : ? Sized > { # [ pin ] f : F , tail : T")]
struct S<F> {
    #[pin]
    f: F,
    tail: [u8; 3],
}
type S<F> = Whole<F, [u8; 3]>;

impl<F> Unpin for Whole<F, [u8]> {}

fn main() {
    let mut s: Pin<Box<S<Option<[u8; 3]>>>> = Box::pin(Whole { f: Some([7; 3]), tail: [0; 3] });
    let _pinned: Pin<&mut Option<[u8; 3]>> = s.as_mut().project().f;
    let mut s: Pin<Box<Whole<Option<[u8; 3]>, [u8]>>> = s;
    let _moved = Pin::get_mut(s.as_mut()).f.take();
}
