//@ row: enums with discriminants
//@ pin-project: may not be used on enums with discriminants
use pin_project::pin_project;

#[pin_project(project = Proj)]
enum Numbered {
    A = 1,
    B = 2,
}
fn main() {}
