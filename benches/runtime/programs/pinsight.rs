//! An echo server on pinsight-rt.

use pinsight_rt::net::TcpListener;
use pinsight_rt::{LocalExecutor, spawn};

fn main() -> std::io::Result<()> {
    LocalExecutor::new().run(async {
        let mut listener = TcpListener::bind(([127, 0, 0, 1], 7007).into())?;
        loop {
            let (mut stream, _) = listener.accept().await?;
            drop(spawn(async move {
                let mut buffer = [0; 4096];
                loop {
                    match stream.read(&mut buffer).await? {
                        0 => return Ok::<_, std::io::Error>(()),
                        length => stream.write_all(&buffer[..length]).await?,
                    }
                }
            }));
        }
    })
}
