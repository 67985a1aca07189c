//@ row: const generics, `Self` in a field's type
//@ pin-project-lite: mismatched types
use pin_project_lite::pin_project;

pin_project! {
    struct List<T> {
        #[pin]
        value: T,
        next: Option<Box<Self>>,
    }
}
fn main() {}
