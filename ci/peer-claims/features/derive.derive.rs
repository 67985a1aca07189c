//@ row: a derive, so that the type stays in sight
#[derive(pinsight::PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
