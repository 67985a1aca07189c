//@ row: const generics, `Self` in a field's type
//@ pin-project-lite: no rules expected
use pin_project_lite::pin_project;

pin_project! {
    struct Task<F, const N: usize> {
        #[pin]
        futures: [F; N],
    }
}
fn main() {}
