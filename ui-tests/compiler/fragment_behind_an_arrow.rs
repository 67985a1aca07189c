// A `$t` behind `->` keeps its `+`: what the copies say of the field is what the type says.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;

struct Pick;
struct One;
struct Two;
trait A {}
trait Choose<T: ?Sized> {
    type Is;
}
impl Choose<dyn Fn() -> Box<dyn A + Send>> for Pick {
    type Is = Two;
}
impl Choose<dyn Fn() -> (dyn A + Send)> for Pick {
    type Is = One;
}
impl Choose<dyn Fn() -> (dyn A) + Send> for Pick {
    type Is = Two;
}

trait Holds<F: ?Sized> {}
impl<F: ?Sized> Holds<F> for One {}
impl<F> Holds<F> for Two {}

macro_rules! task {
    ($t:ty) => {
        #[derive(PinProject)]
        struct Task<F: ?Sized>
        where
            <Pick as Choose<dyn Fn() -> $t>>::Is: Holds<F>,
        {
            n: u8,
            #[pin]
            f: F,
        }
    };
}
task!(dyn A + Send);

trait Steal {}
impl Unpin for Task<dyn Steal> {} //~ ERROR conflicting implementations

fn main() {}
