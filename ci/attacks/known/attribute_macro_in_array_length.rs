// a macro in a type without a `!`: an attribute inside an anonymous constant
#![forbid(unsafe_code)]
#![allow(dead_code, non_camel_case_types)]
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
#[derive(PinProject)]
#[pin(project = P, project_ref = R)]
struct Task<F> {
    #[pin]
    future: <Sel<
        {
            #[attackers::rewrite("zzz" => "__pinsight")]
            use zzz::__private::PhantomPinned;
            size_of::<PhantomPinned>()
        },
    > as Pick<F>>::Out,
    retries: u8,
}
fn is_unpin<T: Unpin>() {}
fn main() {
    is_unpin::<Task<PhantomPinned>>()
}
