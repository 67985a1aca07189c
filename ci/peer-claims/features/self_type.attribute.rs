//@ row: const generics, `Self` in a field's type
use pin_project::pin_project;

#[pin_project]
struct List<T> {
    #[pin]
    value: T,
    next: Option<Box<Self>>,
}
fn main() {}
