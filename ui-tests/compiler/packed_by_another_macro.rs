use pinsight::PinProject;

macro_rules! packed {
    ($($item:tt)*) => {
        #[derive(PinProject)]
        #[cfg_attr(all(), repr(packed))] //~ ERROR because it is packed
        $($item)*
    };
}

packed! {
    struct Task {
        #[pin]
        future: u32,
    }
}

fn main() {}
