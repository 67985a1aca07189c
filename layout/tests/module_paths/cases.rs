//! Bodies whose states all look alike: what tells them apart is which value `r` points at, `a` or `b`, and that only the
//! MIR says. The test takes it from the line on which a body begins. Not formatted: each body stands on one line.

#![allow(async_fn_in_trait)]

use std::future::Future;
use std::pin::Pin;

mod store;

pub async fn op() { std::future::ready(()).await }

// Not the only ones of their names.
pub async fn same() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
pub async fn twice() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }

pub mod one {
    use super::*;
    pub async fn alone() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
    pub async fn same() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
    pub async fn generic<T: Clone>(t: T) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] + drop(t) }
    fn drop<T>(_: T) -> u8 { 0 }

    pub mod deep {
        use super::super::*;
        pub struct S;
        impl S {
            pub async fn run(&self) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
            pub async fn only(&self) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
        }
        pub struct G<T>(pub T);
        impl<T> G<T> {
            pub async fn run(&self) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
        }
        pub trait Go {
            async fn go(&self) -> u8;
            async fn provided(&self) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
        }
        impl Go for S {
            async fn go(&self) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
        }
        impl Go for two::S {
            async fn go(&self) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
        }
        pub async fn twice() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
    }
}

pub mod two {
    use super::*;
    pub async fn same() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
    pub struct S;
    impl S {
        pub async fn run(&self) -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
    }
    pub fn blocks() -> [Boxed; 2] {
        [
            Box::pin(async { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }),
            Box::pin(async { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }),
        ]
    }
    pub const MAKER: fn() -> Boxed = || {
        Box::pin(async { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] })
    };
    pub mod deep {
        use super::super::*;
        pub async fn alone_too() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
        pub async fn same() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
        pub fn outer() -> Boxed {
            async fn inner() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
            Box::pin(inner())
        }
        pub fn other() -> Boxed {
            async fn inner() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
            Box::pin(inner())
        }
        pub async fn closures() {
            let first = async || { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] };
            let second = async || { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] };
            first().await;
            second().await;
            let in_block = async { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] };
            in_block.await;
        }
    }
}

/// Impl blocks that one macro made begin at one place: the name of the type tells them apart.
pub mod made {
    use super::*;
    pub trait Named { async fn named(&self) -> u8; }
    pub struct First;
    pub struct Second;
    macro_rules! named {
        ($type:ty, $a:ident, $b:ident, $x:ident) => {
            impl Named for $type {
                async fn named(&self) -> u8 { let ($a, $b) = ([1u8; 3], [2u8; 3]); let r = if true { &$x } else { &$x }; op().await; r[0] + $a[0] + $b[0] }
            }
        };
    }
    named!(First, a, b, a);
    named!(Second, a, b, b);
}

/// Nothing in the text tells which is which.
pub mod ambiguous {
    use super::*;
    pub trait Unnamed { async fn unnamed(&self) -> u8; }
    macro_rules! unnamed {
        ($type:ty, $a:ident, $b:ident, $x:ident) => {
            impl Unnamed for $type {
                async fn unnamed(&self) -> u8 { let ($a, $b) = ([1u8; 3], [2u8; 3]); let r = &$x; op().await; r[0] + $a[0] + $b[0] }
            }
        };
    }
    unnamed!([u8; 1], a, b, a);
    unnamed!([u8; 2], a, b, b);

    // A function and a module of one path.
    pub fn shared() -> Boxed {
        async fn hidden() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
        Box::pin(hidden())
    }
    pub mod shared {
        use super::super::*;
        pub async fn hidden() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
    }
    // Its module's name is in the crate twice, so that the one path is cut further than the other.
    pub fn cut() -> Boxed {
        async fn hidden() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
        Box::pin(hidden())
    }
    pub mod cut {
        use super::super::*;
        pub async fn hidden() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
    }
    // The same, and the longer of the two paths is of a generic function of which the program has no instance.
    pub fn unused() -> Boxed {
        async fn hidden() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &a; op().await; r[0] + a[0] + b[0] }
        Box::pin(hidden())
    }
    pub mod unused {
        use super::super::*;
        pub async fn hidden<T>() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
    }
}
pub mod elsewhere {
    pub mod cut {}
    pub mod unused {}
}

type Boxed = Pin<Box<dyn Future<Output = u8>>>;

fn poll<F: Future>(future: F) {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let _ = Box::pin(future).as_mut().poll(&mut context);
}

fn main() {
    use ambiguous::Unnamed;
    use made::Named;
    use one::deep::Go;
    poll(same());
    poll(twice());
    poll(store::same());
    poll(one::alone());
    poll(one::same());
    poll(one::generic(1u8));
    poll(one::generic(String::new()));
    poll(one::deep::S.run());
    poll(one::deep::S.only());
    poll(one::deep::G(1u8).run());
    poll(one::deep::S.go());
    poll(one::deep::S.provided());
    poll(two::S.go());
    poll(one::deep::twice());
    poll(two::same());
    poll(two::S.run());
    for block in two::blocks() {
        poll(block);
    }
    poll((two::MAKER)());
    poll(two::deep::alone_too());
    poll(two::deep::same());
    poll(two::deep::outer());
    poll(two::deep::other());
    poll(two::deep::closures());
    poll(made::First.named());
    poll(made::Second.named());
    poll([0u8; 1].unnamed());
    poll([0u8; 2].unnamed());
    poll(ambiguous::shared());
    poll(ambiguous::shared::hidden());
    poll(ambiguous::cut());
    poll(ambiguous::cut::hidden());
    poll(ambiguous::unused());
}
