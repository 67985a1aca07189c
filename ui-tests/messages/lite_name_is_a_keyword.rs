pinsight::lite::pin_project! {
    #[project_ref = type] //~ ERROR expected one name for the type that `project_ref` returns
    struct Task<F> {
        #[pin]
        future: F,
    }
}

fn main() {}
