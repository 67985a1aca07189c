// a block behind `where` ends the implementation, and what follows is statements of an unsafe function
#![forbid(unsafe_code)]
use pinsight::PinnedDrop as Tr;
use pinsight::lite::pin_project;

macro_rules! body {
    () => {
        fn __drop_body(self: ::core::pin::Pin<&mut Self>) {}
    };
}
macro_rules! local {
    () => {
        trait Tr {
            fn __drop_body(self: ::core::pin::Pin<&mut Self>);
        }
    };
}
macro_rules! call {
    () => {};
}
macro_rules! make {
    ($b:block $i:item) => {
        pin_project! {
            pub struct S { #[pin] f: u8 }
            #[cfg(any())]
            impl PinnedDrop for S where Self: Sized, $b call! {} $i impl Tr for S where Self: Sized, {
                fn drop(this: Pin<&mut Self>) {}
            }
        }
    };
}
make! {
    { body! {} }
    macro_rules! call {
        () => {
            ::victim::none::<()>();
            local! {}
        };
    }
}
fn main() {
    drop(S { f: 1 });
}
