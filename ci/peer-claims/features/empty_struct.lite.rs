//@ row: unit structs, structs without fields, enums without fields
//@ pin-project-lite: no rules expected `}`
use pin_project_lite::pin_project;

pin_project! {
    struct Empty {}
}
fn main() {}
