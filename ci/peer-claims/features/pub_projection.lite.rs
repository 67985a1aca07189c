//@ row: projections that are `pub`
//@ pin-project-lite: `Proj` is only public within the crate, and cannot be re-exported outside
//@ pinsight: `Proj` is only public within the crate, and cannot be re-exported outside
mod inner {
    use pin_project_lite::pin_project;

    pin_project! {
        #[project = Proj]
        pub struct Task<F> {
            #[pin]
            future: F,
        }
    }
}

pub use inner::{Proj, Task};
fn main() {}
