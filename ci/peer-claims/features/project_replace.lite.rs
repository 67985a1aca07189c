//@ row: `PinnedDrop`, `!Unpin`, `project_replace`
use pin_project_lite::pin_project;

pin_project! {
    #[project_replace = Own]
    struct Task<F> {
        #[pin]
        future: F,
    }
}
fn main() {
    Box::pin(Task { future: 1 }).as_mut().project_replace(Task { future: 2 });
}
