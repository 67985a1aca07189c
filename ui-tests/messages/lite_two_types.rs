pinsight::lite::pin_project! {
    struct Task<F> {
        #[pin]
        future: F,
    }
    struct Other<F> { //~ ERROR not expected here: `pin_project!` takes one type
        #[pin]
        future: F,
    }
}

fn main() {}
