//@ says: a `macro_rules!` derive stands beside ours
//@ today: compiles
#![feature(macro_derive)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
macro_rules! Named {
    derive() ($(#[$_a:meta])* struct $name:ident $($_rest:tt)*) => {
        impl $name {
            const NAME: &str = stringify!($name);
        }
    };
}
#[derive(PinProject, Named)]
struct Task {
    #[pin]
    future: u32,
}
fn main() {
    println!("{}", Task::NAME);
}
