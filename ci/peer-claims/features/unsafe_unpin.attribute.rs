//@ row: `UnsafeUnpin`
use pin_project::{UnsafeUnpin, pin_project};

#[pin_project(UnsafeUnpin)]
struct Task<F> {
    #[pin]
    future: F,
}
unsafe impl<F: Unpin> UnsafeUnpin for Task<F> {}
fn main() {}
