//@ says: `&pin mut F` is `Pin<&mut F>`: a projection goes where the new syntax is asked for, also as receiver
//@ today: compiles
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}
fn polls<F>(_: &pin mut F) {}
impl<F> Task<F> {
    fn turn(&pin mut self) {
        let this = self.project();
        *this.retries += 1;
        polls(this.future);
    }
}
fn main() {}
