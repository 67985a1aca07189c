//@ row: tuple structs, tuple variants
use pin_project::pin_project;

#[pin_project(project = Proj)]
enum Task<F> {
    A(#[pin] F),
    B(u8),
}
fn main() {}
