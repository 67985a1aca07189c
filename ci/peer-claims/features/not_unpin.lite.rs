//@ row: `PinnedDrop`, `!Unpin`, `project_replace`
use pin_project_lite::pin_project;

pin_project! {
    #[project(!Unpin)]
    struct Task<F> {
        #[pin]
        future: F,
    }
}
fn main() {}
