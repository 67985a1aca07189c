//@ row: attributes, docs and `cfg` on fields
//@ pin-project-lite: no rules expected
use pin_project_lite::pin_project;

pin_project! {
    struct Task<F> {
        /// The future.
        #[pin]
        future: F,
    }
}
fn main() {}
