//@ row: an enum is projected without `project = Name`
use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
enum Either<A, B> {
    Left {
        #[pin]
        a: A,
    },
    Right {
        b: B,
    },
}

fn is_left<A, B>(either: Pin<&mut Either<A, B>>) -> bool {
    match either.project() {
        EitherProj::Left { .. } => true,
        EitherProj::Right { .. } => false,
    }
}
fn main() {}
