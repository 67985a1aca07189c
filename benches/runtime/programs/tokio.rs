//! An echo server on tokio.

use tokio::io;
use tokio::net::TcpListener;

fn main() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:7007").await?;
        loop {
            let (mut stream, _) = listener.accept().await?;
            tokio::spawn(async move {
                let (mut read, mut write) = stream.split();
                io::copy(&mut read, &mut write).await
            });
        }
    })
}
