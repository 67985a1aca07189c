//@ row: a renamed dependency, or one that re-exports the macros
//@ pin-project: cannot find `pin_project` in the crate root
//@ pinsight: cannot find `pinsight` in the crate root
use renamed::pin_project;

#[cfg_attr(feature = "pinsight", pin_project(crate = renamed))]
#[cfg_attr(not(feature = "pinsight"), pin_project)]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
