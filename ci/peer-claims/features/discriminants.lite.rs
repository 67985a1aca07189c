//@ row: enums with discriminants
//@ pin-project-lite: no rules expected
use pin_project_lite::pin_project;

pin_project! {
    #[project = Proj]
    enum Numbered {
        A = 1,
        B = 2,
    }
}
fn main() {}
