//! Compiled by the tests in every way in which a program can be compiled.

mod other {
    pub async fn op() {
        std::future::ready(()).await
    }

    pub async fn leaf(x: &mut [u8]) -> u8 {
        op().await;
        x[0]
    }
}

use other::{leaf, op};
use std::future::Future;
use std::pin::Pin;

async fn process_data() -> usize {
    let val = String::from("hi");
    let val_ref = &val;
    op().await;
    val_ref.len()
}

async fn shadow(x: u8) -> usize {
    let x = vec![x];
    let y = &x;
    let x = [7u32; 5];
    op().await;
    y.len() + x.len()
}

async fn nested_loops(n: u8) -> u32 {
    let mut sum = 0;
    for a in 0..n {
        for b in 0..u16::from(a) {
            op().await;
            sum += u32::from(b);
        }
        for c in 0..u64::from(a) {
            op().await;
            sum += c as u32;
        }
    }
    sum
}

struct Server {
    name: String,
}

impl Server {
    async fn run(&self, n: usize) -> usize {
        let mut buf = [0u8; 64];
        for i in 0..n {
            leaf(&mut buf[i..]).await;
        }
        self.name.len()
    }
}

trait Go {
    async fn go(self) -> usize;
}

impl Go for Server {
    async fn go(self) -> usize {
        let boxed: Pin<Box<dyn Future<Output = usize>>> = Box::pin(async move { self.run(3).await });
        boxed.await
    }
}

struct Holder<T>(Vec<T>);

impl<T: Clone> Holder<T> {
    async fn first(&self) -> Option<T> {
        let first = self.0.first().cloned();
        op().await;
        first
    }
}

async fn twice<A: Clone>(a: A) -> (A, A) {
    let c = a.clone();
    op().await;
    (a, c)
}

async fn function_item(n: u8) -> u8 {
    let function = u8::wrapping_add;
    let flag = n > 1;
    op().await;
    function(n, flag as u8)
}

async fn constructor(n: u8) -> u8 {
    let make: fn(u8) -> _ = function_item;
    op().await;
    make(n).await
}

async fn caller<F: AsyncFn(u8) -> u8>(f: F) -> u8 {
    f(1).await
}

async fn boxed_child() -> u8 {
    let child = Box::pin(function_item(3));
    child.await
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

pub fn all() -> usize {
    let n = std::env::args().count();
    let mut total = block_on(process_data()) + block_on(shadow(n as u8)) + block_on(nested_loops(n as u8)) as usize;
    total += block_on(Server { name: String::new() }.go());
    total += block_on(twice(n as u8)).0 as usize + block_on(twice(String::new())).0.len();
    total += block_on(function_item(n as u8)) as usize + block_on(boxed_child()) as usize;
    total += block_on(constructor(n as u8)) as usize;
    total += block_on(Holder(vec![n]).first()).unwrap_or(0);
    total += block_on(caller(async |x: u8| {
        let wide = [x; 3];
        op().await;
        wide[1]
    })) as usize;
    total
}

pub fn main() {
    println!("{}", all());
}
