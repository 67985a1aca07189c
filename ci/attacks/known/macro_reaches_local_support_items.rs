// `crate = path` declares `ByTrait` in the user's crate; a macro in a type reaches it, once
#![forbid(unsafe_code)]
#![allow(dead_code, non_local_definitions)]
use std::marker::PhantomPinned;
mod __pinsight {
    pub struct ByTrait<'a, T: ?Sized>(
        std::marker::PhantomData<&'a ()>,
        std::marker::PhantomPinned,
        std::marker::PhantomData<T>,
    );
    pub use std::marker::Unpin;
}
macro_rules! n {
    (Self) => {{
        impl<'a> __pinsight::Unpin for __pinsight::ByTrait<'a, S> {}
        1
    }};
    (S) => {
        1
    };
}
#[derive(pinsight::PinProject)]
#[pin(UnsafeUnpin, crate = pinsight, project = P, project_ref = R)]
struct S {
    #[pin]
    f: [PhantomPinned; n!(Self)],
    n: u8,
}
fn is_unpin<T: Unpin>() {}
fn main() {
    is_unpin::<S>();
    println!("S is Unpin");
}
