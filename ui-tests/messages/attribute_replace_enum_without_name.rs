use pinsight::pin_project;

#[pin_project(project_replace)] //~ ERROR needs a name
enum Task<F> {
    Running(#[pin] F),
    Done,
}

fn main() {}
