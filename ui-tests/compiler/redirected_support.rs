// Were these functions called, each field would be pinned in a place that can still be moved.
#![forbid(unsafe_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub struct Support;
        impl Support {
            pub fn get_mut<T: ?Sized>(_: Pin<&mut T>) -> &'static mut T {
                unimplemented!()
            }
            pub fn pinned<T: ?Sized>(_: &mut T) -> Pin<&'static mut T> {
                unimplemented!()
            }
        }
    }
}

#[derive(PinProject)]
#[pin(crate = fake)] //~ ERROR what was found at the path
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
