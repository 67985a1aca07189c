//@ row: tuple structs, tuple variants
//@ pin-project-lite: no rules expected
use pin_project_lite::pin_project;

pin_project! {
    #[project = Proj]
    enum Task<F> {
        A(#[pin] F),
        B(u8),
    }
}
fn main() {}
