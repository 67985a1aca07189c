//! hyper 1: its timers, and how much it reads at once.

#[path = "../../tests/harness/hang.rs"]
mod hang;

use http_body_util::{BodyExt, Empty, Full};
use hyper::body::{Bytes, Incoming};
use hyper::rt::{Read, ReadBufCursor, Timer, Write};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use pinsight_rt::net::{TcpListener, TcpStream};
use pinsight_rt::{LocalExecutor, spawn, time};
use pinsight_rt_hyper::{HyperIo, HyperTimer};
use std::cell::Cell;
use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

fn run<F: Future<Output = ()>>(test: impl FnOnce() -> F + Send + 'static) {
    hang::within(Duration::from_secs(20), || LocalExecutor::new().run(test()));
}

async fn connected() -> (TcpStream, TcpStream) {
    let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    (client, listener.accept().await.unwrap().0)
}

/// Takes the body as it comes.
async fn swallow(request: Request<Incoming>) -> Result<Response<Empty<Bytes>>, Infallible> {
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        frame.unwrap();
    }
    Ok(Response::new(Empty::new()))
}

#[test]
fn a_header_that_never_ends_ends_the_connection() {
    run(async || {
        let (mut client, server) = connected().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: loc").await.unwrap();
        let start = std::time::Instant::now();
        let limit = 30 * MS;
        let served = Builder::new()
            .timer(HyperTimer)
            .header_read_timeout(limit)
            .serve_connection(HyperIo::new(server), service_fn(swallow))
            .await;
        assert!(served.unwrap_err().is_timeout());
        assert!(start.elapsed() >= limit && start.elapsed() < 100 * limit, "{:?}", start.elapsed());
        assert_eq!(client.read(&mut [0; 64]).await.unwrap(), 0);
    });
}

/// One that is in time is served, and its timer leaves nothing behind.
#[test]
fn a_header_in_time() {
    run(async || {
        time::pause();
        let (mut client, server) = connected().await;
        let serve = spawn(async move {
            Builder::new()
                .timer(HyperTimer)
                .header_read_timeout(Duration::from_secs(5))
                .keep_alive(false)
                .serve_connection(HyperIo::new(server), service_fn(swallow))
                .await
        });
        for piece in ["GET / HTTP/1.1\r\n", "host: localhost\r\n", "\r\n"] {
            time::advance(Duration::from_secs(1)).await;
            client.write_all(piece.as_bytes()).await.unwrap();
        }
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
        serve.await.unwrap().unwrap();
    });
}

#[test]
fn the_timer_itself() {
    // On a clock that stands still, hyper sees that one.
    let executor = LocalExecutor::new();
    executor.run(async {
        time::pause();
        let before = HyperTimer.now();
        HyperTimer.sleep(Duration::from_secs(3600)).await;
        assert!(HyperTimer.now() - before >= Duration::from_secs(3600));
        HyperTimer.sleep_until(before).await;
        let mut sleep = HyperTimer.sleep(Duration::MAX);
        assert!(time::timeout(MS, sleep.as_mut()).await.is_err());
        HyperTimer.reset(&mut sleep, HyperTimer.now() + MS);
        sleep.as_mut().await;
    });
    assert_eq!(executor.len(), 0, "no timer is left as a task");
}

/// hyper may hand it to another executor, on another thread, together with its connection.
#[test]
fn a_timer_goes_elsewhere() {
    let executor = LocalExecutor::new();
    let start = std::time::Instant::now();
    let mut left = HyperTimer.sleep(200 * MS);
    executor.run(async { assert!(futures_util::poll!(left.as_mut()).is_pending()) });
    drop(executor);
    hang::within(Duration::from_secs(10), move || LocalExecutor::new().run(left));
    assert!(start.elapsed() >= 200 * MS);
}

/// Counts the reads that have got something.
struct Counted<S> {
    stream: S,
    reads: Rc<Cell<usize>>,
}

impl<S: Read + Unpin> Read for Counted<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let result = ready!(Pin::new(&mut self.stream).poll_read(cx, buffer));
        self.reads.set(self.reads.get() + 1);
        Poll::Ready(result)
    }
}

impl<S: Write + Unpin> Write for Counted<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A read takes all that hyper has room for: it asks for more each time that its buffer was filled, up to 400 KiB.
#[test]
fn an_upload_is_read_in_large_pieces() {
    const LENGTH: usize = 32 << 20;
    run(async || {
        let (client, server) = connected().await;
        let reads = Rc::new(Cell::new(0));
        let counted = Counted { stream: HyperIo::new(server), reads: Rc::clone(&reads) };
        let serve =
            spawn(async move { Builder::new().keep_alive(false).serve_connection(counted, service_fn(swallow)).await });
        // From a thread that does nothing else, so that there is always something to read.
        let client = client.into_inner();
        client.set_nonblocking(false).unwrap();
        let upload = pinsight_rt::unblock(move || {
            use std::io::{Read, Write};
            write!(&client, "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {LENGTH}\r\n\r\n").unwrap();
            (&client).write_all(&vec![7; LENGTH]).unwrap();
            let mut answer = String::new();
            match (&client).read_to_string(&mut answer) {
                Ok(_) => answer,
                Err(error) => panic!("{error}"),
            }
        });
        assert!(upload.await.starts_with("HTTP/1.1 200 OK"));
        serve.await.unwrap().unwrap();
        // What one read can get is what the system has at hand.
        println!("{} reads", reads.get());
        assert!(reads.get() < 1500, "{} reads for {LENGTH} bytes", reads.get());
    });
}

/// What is read lies where hyper wants it, and nothing else is touched.
#[test]
fn a_read_fills_the_rest_of_a_buffer() {
    run(async || {
        let (mut client, server) = connected().await;
        client.write_all(b"0123456789").await.unwrap();
        let mut server = HyperIo::new(server);
        let mut place = [0xff_u8; 8];
        let mut buffer = hyper::rt::ReadBuf::new(&mut place);
        let mut cursor = buffer.unfilled();
        cursor.put_slice(b"ab");
        poll_fn(|context| Pin::new(&mut server).poll_read(context, buffer.unfilled())).await.unwrap();
        assert_eq!(buffer.filled(), b"ab012345");
        drop(client);
        let mut rest = [0xff_u8; 8];
        let mut buffer = hyper::rt::ReadBuf::new(&mut rest);
        poll_fn(|context| Pin::new(&mut server).poll_read(context, buffer.unfilled())).await.unwrap();
        assert_eq!(buffer.filled(), b"6789");
        let before = buffer.filled().len();
        poll_fn(|context| Pin::new(&mut server).poll_read(context, buffer.unfilled())).await.unwrap();
        assert_eq!(buffer.filled().len(), before, "the end");
        assert_eq!(rest[4..], [0xff; 4]);
    });
}

#[test]
fn hyper_asks_and_answers() {
    async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let path = request.uri().path().to_owned();
        let body = request.into_body().collect().await.unwrap().to_bytes();
        Ok(Response::new(Full::new(Bytes::from(format!("{path}: {} bytes", body.len())))))
    }

    LocalExecutor::new().run(async {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let server = spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            hyper::server::conn::http1::Builder::new()
                .serve_connection(HyperIo::new(stream), service_fn(answer))
                .await
                .unwrap();
        });
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(HyperIo::new(stream)).await.unwrap();
        let client = spawn(connection);
        // Twice over one connection; the second body is larger than any buffer.
        for length in [3, 1_000_000] {
            let body = Full::new(Bytes::from(vec![7; length]));
            let request = Request::post("/hello").header("host", "localhost").body(body).unwrap();
            let response = sender.send_request(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            let body = response.into_body().collect().await.unwrap().to_bytes();
            assert_eq!(body, format!("/hello: {length} bytes"));
        }
        drop(sender);
        client.await.unwrap().unwrap();
        server.await.unwrap();
    });
}
