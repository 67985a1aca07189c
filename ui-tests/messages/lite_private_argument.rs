mod evil {}

pinsight::lite::pin_project! {
    #[project = TaskProj, __crate crate::evil] //~ ERROR expected one name for the type that `project` returns
    struct Task<F> {
        #[pin]
        future: F,
    }
}

fn main() {}
