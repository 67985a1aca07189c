//@ row: unit structs, structs without fields, enums without fields
//@ pin-project: may not be used on enums without variants
use pin_project::pin_project;

#[pin_project(project = Proj)]
enum Empty {}
fn main() {}
