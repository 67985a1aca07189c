//@ row: a renamed dependency, or one that re-exports the macros
use renamed::PinProject;

#[derive(PinProject)]
#[pin(crate = renamed)]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
