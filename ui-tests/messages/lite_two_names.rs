pinsight::lite::pin_project! {
    #[project = crate::TaskProj] //~ ERROR expected one name for the type that `project` returns
    struct Task<F> {
        #[pin]
        future: F,
    }
}

fn main() {}
