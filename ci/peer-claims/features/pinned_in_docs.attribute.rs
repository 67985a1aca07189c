//@ row: projections say which field is pinned, and repeat its docs
//@ pin-project: the page `struct.Proj.html` does not say it
//@ docs: struct.Proj.html: Structurally pinned
use pin_project::pin_project;

#[pin_project(project = Proj)]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
