//@ row: unit structs, structs without fields, enums without fields
//@ pin-project: may not be used on enums with zero fields
use pin_project::pin_project;

#[pin_project(project = Proj)]
enum Fieldless {
    A,
    B,
}
fn main() {}
