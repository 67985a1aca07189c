use std::future::Future;
use std::pin::{Pin, pin};

fn make<'a>() -> Pin<&'a mut dyn Future<Output = ()>> {
    pin!(async {}) //~ ERROR cannot return value referencing temporary value
}

fn main() {}
