pinsight::lite::pin_project! {
    struct Task<F> {
        #[pin]
        future: F,
    }
    impl<F> PinnedDrop for Task<F> {
        fn drop(_this: Pin<&mut Self>) {}
    }
    impl<F> PinnedDrop for Task<F> { //~ ERROR not expected here: behind the type stands one implementation
        fn drop(_this: Pin<&mut Self>) {}
    }
}

fn main() {}
