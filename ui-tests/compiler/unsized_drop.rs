use pinsight::pin_project;

#[pin_project] //~ ERROR conflicting implementations
struct Foo {
    n: u8,
    #[pin]
    f: [u32],
}

impl Drop for Foo {
    fn drop(&mut self) {
        let _unpinned: &mut [u32] = &mut self.f;
    }
}

#[pin_project] //~ ERROR conflicting implementations
struct Bar<T> {
    n: u8,
    #[pin]
    f: [T],
}

impl<T> Drop for Bar<T> {
    fn drop(&mut self) {
        self.f.reverse();
    }
}

fn main() {}
