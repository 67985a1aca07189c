use pinsight::pin_project;

struct Task;

#[pin_project]
impl Task {} //~ ERROR only a struct or an enum

fn main() {}
