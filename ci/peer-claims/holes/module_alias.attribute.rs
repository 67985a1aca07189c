//@ row: a field's type mentions a name of the macro's own module alias: freed memory is read
//@ runs with pin-project: r==x: false
//@ pinsight: cannot be unpinned
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pin_project::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

// The user's own module, whose name is that of the macro's `extern crate pin_project as _pin_project`.
mod _pin_project {
    pub mod __private {
        // any !Unpin type; here generic parameter T is a future
        pub type AlwaysUnpin<'a, T> = super::super::Inline<'a, T>;
    }
}
#[pin_project(project = InlineProj)]
struct Inline<'a, T> { #[pin] fut: T, _l: std::marker::PhantomData<&'a ()> }

#[pin_project(project = FooProj, project_ref = FooProjRef)]
struct Foo<F> {
    #[pin]
    f: _pin_project::__private::AlwaysUnpin<'static, F>,
}

struct Yield(bool);
impl Future for Yield {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 { Poll::Ready(()) } else { self.0 = true; Poll::Pending }
    }
}
async fn selfref() -> usize {
    let x = [0xAAu8; 64];
    let r = &x;                       // self-reference across the await
    let before = r.as_ptr() as usize;
    Yield(false).await;
    let here = &x as *const _ as usize; // may be computed from the coroutine's new address
    println!("r points to {:#x}, coroutine's x is now at {:#x}, r==x: {}", before, here, before == here);
    println!("r[0] = {:#x}", r[0]);
    before
}
fn poll<F: Future>(foo: &mut Foo<F>) -> Poll<F::Output> {
    let p = Pin::new(foo);             // safe: only because Foo<F>: Unpin was generated
    p.project().f.project().fut.poll(&mut Context::from_waker(Waker::noop()))
}
fn main() {
    let mut a = Box::new(Foo { f: Inline { fut: selfref(), _l: Default::default() } });
    assert!(poll(&mut a).is_pending());
    fn unbox<T>(b: Box<T>) -> T { *b }
    let mut moved = unbox(a);          // moved out, and the old place freed
    let sz = std::mem::size_of_val(&moved); let _junk: Vec<Vec<u8>> = (0..8).map(|_| vec![0x55u8; sz]).collect();
    let _ = poll(&mut moved);
}
