//! tokio's current-thread runtime, with and without its drivers.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use super::{Entry, Net, Tasks, Timers};
use crate::workload::tcp;

/// A handle whose task is known not to panic.
pub struct Joined<T>(JoinHandle<T>);

impl<T> Future for Joined<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        Pin::new(&mut self.0).poll(cx).map(|output| output.expect("no task here panics"))
    }
}

/// With all drivers.
pub struct Tokio(Runtime);

impl Entry for Tokio {
    fn start() -> Self {
        Self(Builder::new_current_thread().enable_all().build().expect("tokio starts"))
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }
}

/// Without drivers: tasks only.
pub struct TokioBare(Runtime);

impl Entry for TokioBare {
    fn start() -> Self {
        Self(Builder::new_current_thread().build().expect("tokio starts"))
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }
}

macro_rules! tasks {
    ($($runtime:ident)*) => {$(
        impl Tasks for $runtime {
            type Spawner = ();
            type Join<T: Send + 'static> = Joined<T>;

            fn spawner(&self) {}

            fn spawn<F>((): (), future: F) -> Joined<F::Output>
            where
                F: Future<Output: Send + 'static> + Send + 'static,
            {
                Joined(tokio::spawn(future))
            }

            fn yield_now() -> impl Future<Output = ()> + Send {
                tokio::task::yield_now()
            }
        }
    )*};
}

tasks! { Tokio TokioBare }

impl Timers for Tokio {
    fn sleep(duration: Duration) -> impl Future<Output = ()> {
        tokio::time::sleep(duration)
    }
}

impl Net for Tokio {
    type Listener = TcpListener;
    type Stream = TcpStream;

    async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    }

    async fn accept(listener: &mut TcpListener) -> io::Result<TcpStream> {
        Ok(listener.accept().await?.0)
    }

    async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    async fn read(stream: &mut TcpStream, mut buffer: Vec<u8>) -> io::Result<(usize, Vec<u8>)> {
        let length = stream.read(&mut buffer).await?;
        Ok((length, buffer))
    }

    async fn write_all(stream: &mut TcpStream, buffer: Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
        stream.write_all(&buffer[..length]).await?;
        Ok(buffer)
    }

    fn spawn_echo((): (), stream: TcpStream) -> Joined<()> {
        Joined(tokio::spawn(tcp::echo::<Self>(stream)))
    }

    fn spawn_exchange((): (), stream: TcpStream, trips: usize) -> Joined<()> {
        Joined(tokio::spawn(tcp::exchange::<Self>(stream, trips)))
    }
}
