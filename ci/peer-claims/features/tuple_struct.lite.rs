//@ row: tuple structs, tuple variants
//@ pin-project-lite: no rules expected
use pin_project_lite::pin_project;

pin_project! {
    struct Task<F>(#[pin] F, u8);
}
fn main() {}
