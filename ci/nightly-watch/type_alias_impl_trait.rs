//@ says: a pinned field of an opaque type
//@ today: compiles
#![feature(type_alias_impl_trait)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
type Work = impl Future<Output = ()>;
#[define_opaque(Work)]
fn work() -> Work {
    async {}
}
#[derive(PinProject)]
struct Task {
    #[pin]
    future: Work,
    retries: u32,
}
fn main() {
    let _ = Box::pin(Task { future: work(), retries: 0 }).as_mut().project();
}
