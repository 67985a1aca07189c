// The body of `drop` is not unsafe code, though a method that is unsafe to call runs it.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::lite::pin_project;

macro_rules! call {
    () => {
        core::hint::unreachable_unchecked() //~ ERROR call to unsafe function
    };
}

pin_project! {
    struct Task<F> { #[pin] future: F }
    impl<F> PinnedDrop for Task<F> {
        fn drop(_this: Pin<&mut Self>) {
            call!()
        }
    }
}

fn main() {}
