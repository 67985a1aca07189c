//@ row: attributes, docs and `cfg` on fields
use pin_project::pin_project;

#[pin_project]
struct Task<F> {
    #[pin]
    future: F,
    #[cfg(any())]
    never: NotThere,
}
fn main() {}
