//@ says: enums are projected by a `match`
//@ today: compiles
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
#[pin_v2]
enum Either<A, B> {
    Left(A),
    Right { b: B },
}
fn left<A, B>(either: &pin mut Either<A, B>) -> Option<&pin mut A> {
    match either {
        Either::Left(a) => Some(a),
        Either::Right { b: _ } => None,
    }
}
fn main() {}
