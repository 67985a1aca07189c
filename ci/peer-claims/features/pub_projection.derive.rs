//@ row: projections that are `pub`
mod inner {
    use pinsight::PinProject;

    #[derive(PinProject)]
    #[pin(pub project = Proj)]
    pub struct Task<F> {
        #[pin]
        future: F,
    }
}

pub use inner::{Proj, Task};
fn main() {}
