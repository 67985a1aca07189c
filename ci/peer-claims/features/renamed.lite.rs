//@ row: a renamed dependency, or one that re-exports the macros
renamed::pin_project! {
    struct Task<F> {
        #[pin]
        future: F,
    }
}
fn main() {}
