use std::pin::Pin;

pinsight::lite::pin_project! {
    struct Task<F> {
        #[pin]
        future: F,
    }

    impl<F> PinnedDrop for Task<F> {
        fn drop(self: Pin<&mut Self>) {} //~ ERROR `this: Pin<&mut Self>`
    }
}

fn main() {
    let _: Option<Pin<&u8>> = None;
}
