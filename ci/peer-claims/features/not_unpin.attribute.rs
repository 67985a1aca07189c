//@ row: `PinnedDrop`, `!Unpin`, `project_replace`
use pin_project::pin_project;

#[pin_project(!Unpin)]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
