// a later attribute adds a parameter with a default, which may be unsized: only the instance with the default is guarded
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
#[attackers::rewrite("S < F > { # [ pin ] f : F , tail : [ u8 ; 3 ]" => "S < F , T : ? Sized = [ u8 ; 3 ] > { # [ pin ] f : F , tail : T")]
struct S<F> {
    #[pin]
    f: F,
    tail: [u8; 3],
}

impl<F> Unpin for S<F, [u8]> {}

fn main() {
    let mut s: Pin<Box<S<Option<[u8; 3]>>>> = Box::pin(S { f: Some([7; 3]), tail: [0; 3] });
    let _pinned: Pin<&mut Option<[u8; 3]>> = s.as_mut().project().f;
    let mut s: Pin<Box<S<Option<[u8; 3]>, [u8]>>> = s;
    let _moved = Pin::get_mut(s.as_mut()).f.take();
}
