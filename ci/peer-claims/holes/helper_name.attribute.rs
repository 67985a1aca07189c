//@ row: a field's type mentions the helper type of the `Unpin` bound
//@ pinsight: cannot be unpinned
#![forbid(unsafe_code)]
#![allow(dead_code)]
use std::marker::{PhantomData, PhantomPinned};
struct Ind<T> { _t: Box<Option<T>>, _p: PhantomPinned }
impl<T: Unpin> Unpin for Ind<T> {}
struct __Bar<'a>(PhantomData<&'a ()>, PhantomPinned);
#[pin_project::pin_project(project = BarProj, project_ref = BarProjRef)]
struct Bar {
    #[pin]
    f: Ind<__Bar<'static>>,
}
fn is_unpin<T: Unpin>() {}
fn main() { is_unpin::<Bar>(); println!("Bar is Unpin though its pinned field is not"); }
