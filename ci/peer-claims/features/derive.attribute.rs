//@ row: a derive, so that the type stays in sight
//@ pin-project: could not find `PinProject` in `pin_project`
//@ pinsight: could not find `PinProject` in `pin_project`
#[derive(pin_project::PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
