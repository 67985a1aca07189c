//! Connections that come and go, in each way that there is.

use super::{goes_on, pause};
use crate::count::{self, Alive};
use crate::random::Random;
use pinsight_rt::net::{TcpListener, TcpStream};
use pinsight_rt::spawn;
use std::io;
use std::net::{Shutdown, SocketAddr};

/// The most that is sent at once: less than the buffers hold.
const MOST: u64 = 4096;

/// Accepts connections and sends back what they say.
pub(crate) async fn serve(mut listener: TcpListener) {
    let _alive = Alive::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        count::SERVED.begin();
        drop(spawn(async {
            // A connection that was reset ends with an error.
            let _ = echo(stream).await;
            count::SERVED.answer();
        }));
    }
}

async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let _alive = Alive::new();
    let mut buffer = [0; 1024];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            length => stream.write_all(&buffer[..length]).await?,
        }
    }
}

/// One connection after another.
pub(crate) async fn connect(address: SocketAddr, mut random: Random) {
    while goes_on() {
        count::CONNECTIONS.begin();
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..random.below(20) {
            count::ECHOES.begin();
            let sent = text(&mut random);
            stream.write_all(&sent).await.unwrap();
            let mut received = vec![0; sent.len()];
            stream.read_exact(&mut received).await.unwrap();
            assert!(sent == received, "another echo");
            count::ECHOES.answer();
        }
        match random.below(4) {
            0 => half_close(stream, &mut random).await,
            1 => reset(stream, &mut random).await,
            _ => drop(stream),
        }
        count::CONNECTIONS.answer();
        // Each leaves a port behind that cannot be used for a minute.
        pause(&mut random).await;
        pause(&mut random).await;
        pause(&mut random).await;
    }
}

fn text(random: &mut Random) -> Vec<u8> {
    let first = random.below(256) as u8;
    (0..1 + random.below(MOST)).map(|place| first.wrapping_add(place as u8)).collect()
}

/// Says all there is to say, and then reads the answer to its end.
async fn half_close(mut stream: TcpStream, random: &mut Random) {
    count::HALF_CLOSES.begin();
    let sent = text(random);
    stream.write_all(&sent).await.unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await.unwrap();
    assert!(sent == received, "another echo");
    count::HALF_CLOSES.answer();
}

/// Goes away with the answer unread, which is a reset.
async fn reset(mut stream: TcpStream, random: &mut Random) {
    count::RESETS.begin();
    stream.write_all(&text(random)).await.unwrap();
    assert_eq!(stream.peek(&mut [0]).await.unwrap(), 1);
    drop(stream);
    count::RESETS.answer();
}
