//@ row: unit structs, structs without fields, enums without fields
//@ pin-project: may not be used on structs with zero fields
use pin_project::pin_project;

#[pin_project]
struct Empty {}
fn main() {}
