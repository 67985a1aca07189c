use pinsight::pin_project;

#[pin_project]
union Task { //~ ERROR a union cannot be projected
    a: u8,
}

fn main() {}
