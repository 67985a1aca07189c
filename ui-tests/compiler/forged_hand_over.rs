// Whoever writes the private attribute by hand can name a path, and gains nothing by it.
#![forbid(unsafe_code)]

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait UsePinnedDropInsteadOfDrop {
            type __ImplementedByPinsight;
        }
    }
}

#[derive(pinsight::__private::__PinProjectHandedOver)]
#[pin(__private(crate::fake)())]
struct Task<F> { //~ ERROR implementing the trait `UsePinnedDropInsteadOfDrop` is not unsafe
    #[pin]
    future: Option<F>,
    retries: u32,
}

impl<F> Drop for Task<F> {
    fn drop(&mut self) {
        drop(self.future.take());
    }
}

fn main() {}
