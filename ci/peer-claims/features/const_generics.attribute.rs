//@ row: const generics, `Self` in a field's type
use pin_project::pin_project;

#[pin_project]
struct Task<F, const N: usize> {
    #[pin]
    futures: [F; N],
}
fn main() {}
