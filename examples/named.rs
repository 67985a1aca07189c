//! `#[derive(PinProject)]` with all three projections named. What it expands to stands in
//! `named-expanded.rs`, which prints the same.

#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::marker::PhantomData;
use std::pin::{Pin, pin};

#[derive(PinProject)]
#[pin(project = StructProj, project_ref = StructProjRef, project_replace = StructProjOwn)]
struct Struct<T, U> {
    /// The one that stays where it is.
    #[pin]
    pinned: T,
    unpinned: U,
}

/// With a name, a projection can be an argument, and be taken apart by a pattern.
fn change(projection: StructProj<'_, i32, String>) {
    let StructProj { mut pinned, unpinned } = projection;
    pinned.set(2);
    unpinned.push_str(" and changed");
}

fn describe(value: Pin<&Struct<i32, String>>) -> String {
    let StructProjRef { pinned, unpinned } = value.project_ref();
    format!("pinned: {pinned}, unpinned: {unpinned}")
}

fn main() {
    let mut value = pin!(Struct { pinned: 1, unpinned: String::from("made") });
    change(value.as_mut().project());
    println!("{}", describe(value.as_ref()));

    // What is not pinned comes out by value; what is pinned is dropped where it stood, and only its
    // type is left.
    let replacement = Struct { pinned: 3, unpinned: String::from("new") };
    let StructProjOwn { pinned, unpinned } = value.as_mut().project_replace(replacement);
    let _: PhantomData<i32> = pinned;
    println!("taken out: {unpinned}");
    println!("{}", describe(value.as_ref()));
}
