pinsight::lite::pin_project! {
    fn f() {} //~ ERROR expected a struct or an enum
}

fn main() {}
