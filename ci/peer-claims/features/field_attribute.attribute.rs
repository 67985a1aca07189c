//@ row: attributes, docs and `cfg` on fields
use pin_project::pin_project;

#[pin_project]
struct Task<F> {
    #[pin]
    #[allow(dead_code)]
    future: F,
}
fn main() {}
