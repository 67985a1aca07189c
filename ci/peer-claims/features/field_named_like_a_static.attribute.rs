//@ row: a field that is named like a `const`, a `static` or a unit struct
//@ pin-project: cannot shadow statics
#![allow(dead_code, non_upper_case_globals, non_camel_case_types)]
use pin_project::pin_project;

static taken: u8 = 1;

#[pin_project]
struct Task<F> {
    #[pin]
    future: F,
    taken: u8,
}
fn main() {}
