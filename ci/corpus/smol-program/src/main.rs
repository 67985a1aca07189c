//! An echo server and its client on smol, with a trait whose methods are boxed by async-trait.

use std::io;
use std::time::Duration;

use async_trait::async_trait;
use smol::io::{AsyncReadExt, AsyncWriteExt};
use smol::net::{TcpListener, TcpStream};
use smol::{Timer, future};

#[async_trait]
trait Peer {
    async fn say(&mut self, text: &[u8]) -> io::Result<Vec<u8>>;
}

#[async_trait]
impl Peer for TcpStream {
    async fn say(&mut self, text: &[u8]) -> io::Result<Vec<u8>> {
        let mut answer = vec![0; text.len()];
        self.write_all(text).await?;
        let view = &mut answer[..];
        self.read_exact(view).await?;
        Ok(answer)
    }
}

async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0u8; 1024];
    loop {
        let length = stream.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..length]).await?;
    }
}

async fn or_timeout<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let timeout = async {
        Timer::after(Duration::from_secs(1)).await;
        Err(io::ErrorKind::TimedOut.into())
    };
    future::or(work, timeout).await
}

fn main() -> io::Result<()> {
    smol::block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        smol::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                smol::spawn(echo(stream)).detach();
            }
        })
        .detach();
        let mut stream = TcpStream::connect(address).await?;
        for text in ["one", "two"] {
            let text = String::from(text);
            let answer = or_timeout(stream.say(text.as_bytes())).await?;
            println!("{}", String::from_utf8_lossy(&answer));
        }
        Ok(())
    })
}
