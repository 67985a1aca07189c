//@ row: a derive, so that the type stays in sight
//@ pin-project-lite: could not find `PinProject` in `pin_project_lite`
//@ pinsight: could not find `PinProject` in `pin_project_lite`
#[derive(pin_project_lite::PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
