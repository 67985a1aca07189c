//! An echo server on async-executor and async-io.

use std::net::TcpListener;

use async_executor::LocalExecutor;
use async_io::Async;
use futures_lite::io;

fn main() -> io::Result<()> {
    let executor = LocalExecutor::new();
    async_io::block_on(executor.run(async {
        let listener = Async::<TcpListener>::bind(([127, 0, 0, 1], 7007))?;
        loop {
            let (stream, _) = listener.accept().await?;
            executor.spawn(async move { io::copy(&stream, &mut &stream).await }).detach();
        }
    }))
}
