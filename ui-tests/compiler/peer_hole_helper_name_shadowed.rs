#![forbid(unsafe_code)]
#![allow(dead_code)]
use std::marker::{PhantomData, PhantomPinned};
struct Ind<T> { _t: Box<Option<T>>, _p: PhantomPinned }
impl<T: Unpin> Unpin for Ind<T> {}
struct __Origin<'a>(PhantomData<&'a ()>, PhantomPinned);
pinsight::lite::pin_project! {
    #[project = BarProj]
    #[project_ref = BarProjRef]
    struct Bar {
        #[pin]
        f: Ind<__Origin<'static>>,
    }
}
fn is_unpin<T: Unpin>() {}
fn main() { is_unpin::<Bar>();  } //~ ERROR cannot be unpinned
