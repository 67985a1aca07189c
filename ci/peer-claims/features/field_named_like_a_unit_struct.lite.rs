//@ row: a field that is named like a `const`, a `static` or a unit struct
//@ pin-project-lite: mismatched types
#![allow(dead_code, non_upper_case_globals, non_camel_case_types)]
use pin_project_lite::pin_project;

struct taken;

pin_project! {
    struct Task<F> {
        #[pin]
        future: F,
        taken: u8,
    }
}
fn main() {}
