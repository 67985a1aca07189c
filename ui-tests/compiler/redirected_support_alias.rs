// An alias that is the real type only where it is looked at, so that the comparison of the last field's type compares others.
#![forbid(unsafe_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait Select {
            type Out: ?Sized;
        }
        impl Select for dyn Unpin {
            type Out = dyn Unpin;
        }
        impl Select for [u8] {
            type Out = [u8; 3];
        }
        pub type Support<T> = pinsight::__private::Support<<T as Select>::Out>;
    }
}

#[derive(PinProject)] //~ ERROR type annotations needed
#[pin(crate = fake)]
#[rewrite("[ u8 ]" => "[u8; 3]")]
struct Task {
    retries: u32,
    #[pin]
    bytes: [u8],
}

fn main() {}
