//@ row: tuple structs, tuple variants
use pin_project::pin_project;

#[pin_project]
struct Task<F>(#[pin] F, u8);
fn main() {}
