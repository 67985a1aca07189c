use pinsight::PinProject;

macro_rules! bound {
    () => { u8 };
}

#[derive(PinProject)]
struct Task<F>
where
    F: Into<bound!()>, //~ ERROR a macro cannot stand in the parameters and bounds
{
    #[pin]
    future: F,
}

fn main() {}
