//@ row: unit structs, structs without fields, enums without fields
//@ pin-project-lite: lifetime parameter `'__pin` is never used
use pin_project_lite::pin_project;

pin_project! {
    #[project = Proj]
    enum Fieldless {
        A,
        B,
    }
}
fn main() {}
