//@ row: an enum is projected without `project = Name`
//@ pin-project-lite: no method named `project` found
//@ pinsight: no method named `project` found
use pin_project_lite::pin_project;

use std::pin::Pin;

pin_project! {
    enum Either<A, B> {
        Left {
            #[pin]
            a: A,
        },
        Right {
            b: B,
        },
    }
}

fn is_left<A, B>(either: Pin<&mut Either<A, B>>) -> bool {
    match either.project() {
        EitherProj::Left { .. } => true,
        EitherProj::Right { .. } => false,
    }
}
fn main() {}
