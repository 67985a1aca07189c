pinsight::lite::pin_project! {
    #[project(Unpin)] //~ ERROR unknown argument
    struct Task<F> {
        #[pin]
        future: F,
    }
}

fn main() {}
