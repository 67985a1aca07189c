//@ row: `PinnedDrop`, `!Unpin`, `project_replace`
use pin_project::{pin_project, pinned_drop};
use std::pin::Pin;

#[pin_project(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}
#[pinned_drop]
impl<F> PinnedDrop for Task<F> {
    fn drop(self: Pin<&mut Self>) {}
}
fn main() {}
