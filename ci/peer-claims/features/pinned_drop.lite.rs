//@ row: `PinnedDrop`, `!Unpin`, `project_replace`
use pin_project_lite::pin_project;

use std::pin::Pin;

pin_project! {
    struct Task<F> {
        #[pin]
        future: F,
    }
    impl<F> PinnedDrop for Task<F> {
        fn drop(this: Pin<&mut Self>) {
            let _ = this;
        }
    }
}
fn main() {}
