//@ row: projections say which field is pinned, and repeat its docs
//@ pin-project: the page `struct.Proj.html` does not say it
//@ docs: struct.Proj.html: The docs of the field
use pin_project::pin_project;

#[pin_project(project = Proj)]
struct Task<F> {
    /// The docs of the field.
    #[pin]
    future: F,
}
fn main() {}
