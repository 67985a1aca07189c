// an alias that passes for `Pin` chooses by its argument, and a later attribute changes the type of a field
#![forbid(unsafe_code)]
use std::marker::PhantomPinned;
use std::pin::Pin;
use pinsight::PinProject;
use attackers::rewrite;

mod fake {
    pub mod __private {
        pub use pinsight::__private::{Support, PhantomData, PhantomPinned, Sized, Unpin, UsePinnedDropInsteadOfDrop};
        pub type Pin<P> = <P as super::Choose>::Out;
    }
    pub trait Choose { type Out; }
    impl<'a> Choose for &'a mut super::S { type Out = std::pin::Pin<&'a mut super::S>; }
    impl<'a> Choose for &'a mut u8 { type Out = std::pin::Pin<&'a mut super::Sticky>; }
}

#[derive(PinProject)]
#[pin(crate = fake)]
#[rewrite("f : u8" => "f : Sticky")]
pub struct S {
    #[pin]
    f: u8,
    a: (),
}

pub struct Sticky(u8, PhantomPinned);
fn address(f: Pin<&mut Sticky>) -> usize { &raw const f.0 as usize }

fn main() {
    let mut one = Box::new(S { f: Sticky(1, PhantomPinned), a: () });
    println!("pinned at {:x}", address(Pin::new(&mut *one).project().f));
    let mut two = *one;
    println!("pinned at {:x}", address(Pin::new(&mut two).project().f));
}
