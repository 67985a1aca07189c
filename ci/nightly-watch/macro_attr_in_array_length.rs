//@ says: one in an array length, where no `!` shows that it is a macro, gives the bound no other meaning than the field
//@ today: cannot be unpinned
#![feature(macro_attr)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::marker::PhantomPinned;
mod __pinsight {
    pub mod __private {
        pub struct PhantomPinned(pub u8);
    }
}
struct Sel<const N: usize>;
trait Pick<F> {
    type Out;
}
impl<F> Pick<F> for Sel<1> {
    type Out = F;
}
impl<F> Pick<F> for Sel<0> {
    type Out = ();
}
macro_rules! ours {
    attr() ($($_item:tt)*) => { use __pinsight::__private::PhantomPinned; };
}
#[derive(PinProject)]
#[pin(project = P, project_ref = R)]
struct Task<F> {
    #[pin]
    future: <Sel<{ #[ours] fn f() {} size_of::<PhantomPinned>() }> as Pick<F>>::Out,
    retries: u8,
}
fn is_unpin<T: Unpin>() {}
fn main() {
    is_unpin::<Task<PhantomPinned>>()
}
