//@ row: `UnsafeUnpin`
//@ pin-project-lite: cannot find attribute `project` in this scope
//@ pinsight: unknown argument `UnsafeUnpin`
use pin_project_lite::pin_project;

pin_project! {
    #[project(UnsafeUnpin)]
    struct Task<F> {
        #[pin]
        future: F,
    }
}
fn main() {}
