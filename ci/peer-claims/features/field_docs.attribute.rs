//@ row: attributes, docs and `cfg` on fields
use pin_project::pin_project;

#[pin_project]
struct Task<F> {
    /// The future.
    #[pin]
    future: F,
}
fn main() {}
