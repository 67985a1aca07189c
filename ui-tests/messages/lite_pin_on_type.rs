pinsight::lite::pin_project! {
    #[pin(project = TaskProj)] //~ ERROR not expected here: `#[pin]` belongs on a field
    struct Task<F> {
        #[pin]
        future: F,
    }
}

fn main() {}
