//@ says: the next trait solver takes the generated code
//@ today: compiles
//@ flags: -Znext-solver=globally
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::pin::Pin;
#[derive(PinProject)]
#[pin(project_replace = TaskOwn)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}
#[derive(PinProject)]
enum Either<A, B> {
    Left(#[pin] A),
    Right { b: B },
}
#[derive(PinProject)]
#[pin(UnsafeUnpin)]
struct Promised<F>(#[pin] F);
unsafe impl<F: Unpin> pinsight::UnsafeUnpin for Promised<F> {}
fn is_unpin<T: Unpin>() {}
fn main() {
    is_unpin::<(Task<u8>, Either<u8, u8>, Promised<u8>)>();
    let _: Pin<&mut u8> = Box::pin(Task { future: 1_u8, retries: 0 }).as_mut().project().future;
}
