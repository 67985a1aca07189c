pinsight::lite::pin_project! {
    struct Task<F> {
        #[pin]
        future: F,
    }
    impl<F> Drop for Task<F> { //~ ERROR only `PinnedDrop` can be implemented
        fn drop(_this: Pin<&mut Self>) {}
    }
}

fn main() {}
