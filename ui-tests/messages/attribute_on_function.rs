use pinsight::pin_project;

#[pin_project]
fn task() {} //~ ERROR only a struct or an enum

fn main() {
    task();
}
