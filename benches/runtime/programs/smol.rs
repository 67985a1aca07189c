//! An echo server on smol.

use smol::io;
use smol::net::TcpListener;

fn main() -> io::Result<()> {
    smol::block_on(async {
        let listener = TcpListener::bind("127.0.0.1:7007").await?;
        loop {
            let (stream, _) = listener.accept().await?;
            smol::spawn(io::copy(stream.clone(), stream)).detach();
        }
    })
}
