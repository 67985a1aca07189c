use pinsight::PinProject;

#[derive(PinProject)]

union Task { //~ ERROR a union cannot be projected
    a: u8,
    b: u16,
}

fn main() {}
