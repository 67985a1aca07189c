//@ row: projections that are `pub`
//@ pin-project: `Proj` is only public within the crate, and cannot be re-exported outside
mod inner {
    use pin_project::pin_project;

    #[cfg_attr(feature = "pinsight", pin_project(pub project = Proj))]
    #[cfg_attr(not(feature = "pinsight"), pin_project(project = Proj))]
    pub struct Task<F> {
        #[pin]
        future: F,
    }
}

pub use inner::{Proj, Task};
fn main() {}
