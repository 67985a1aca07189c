// The `for` of a `$t` does not become that of the predicate which it begins: where the copies of a predicate say less than the type does,
// the type is sized for them, and an `Unpin` by hand does not overlap.
#![forbid(unsafe_code)]
#![allow(dead_code, coherence_leak_check)]

use pinsight::PinProject;

trait Holds<F: ?Sized> {}
impl<F: ?Sized> Holds<F> for for<'a> fn(&'a u8) {}
impl<'a, F> Holds<F> for fn(&'a u8) {}

macro_rules! task {
    ($t:ty) => {
        #[derive(PinProject)]
        struct Task<F: ?Sized>
        where
            $t: Holds<F>,
        {
            n: u8,
            #[pin]
            f: F,
        }
    };
}
task!(for<'a> fn(&'a u8));

trait Steal {}
impl Unpin for Task<dyn Steal> {} //~ ERROR conflicting implementations

fn main() {}
