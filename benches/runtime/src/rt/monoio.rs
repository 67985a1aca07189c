//! monoio, on io_uring and on epoll.

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use monoio::buf::IoBuf;
use monoio::io::{AsyncReadRent, AsyncWriteRentExt};
use monoio::net::{TcpListener, TcpStream};
use monoio::task::JoinHandle;
use monoio::time::TimeDriver;
use monoio::{IoUringDriver, LegacyDriver, RuntimeBuilder};

use super::{Entry, Net, Tasks, Timers};
use crate::workload::tcp;

/// On io_uring.
pub struct MonoioUring(RefCell<monoio::Runtime<TimeDriver<IoUringDriver>>>);

/// On epoll.
pub struct MonoioEpoll(RefCell<monoio::Runtime<TimeDriver<LegacyDriver>>>);

macro_rules! runtime {
    ($($runtime:ident on $driver:ident)*) => {$(
        impl Entry for $runtime {
            fn start() -> Self {
                let runtime = RuntimeBuilder::<$driver>::new().enable_timer().build().expect("monoio starts");
                Self(RefCell::new(runtime))
            }

            fn block_on<F: Future>(&self, future: F) -> F::Output {
                self.0.borrow_mut().block_on(future)
            }
        }

        impl Tasks for $runtime {
            type Spawner = ();
            type Join<T: Send + 'static> = JoinHandle<T>;

            fn spawner(&self) {}

            fn spawn<F>((): (), future: F) -> JoinHandle<F::Output>
            where
                F: Future<Output: Send + 'static> + Send + 'static,
            {
                monoio::spawn(future)
            }

            fn yield_now() -> impl Future<Output = ()> + Send {
                // It has none of its own.
                crate::future::YieldNow::default()
            }
        }

        impl Timers for $runtime {
            fn sleep(duration: Duration) -> impl Future<Output = ()> {
                monoio::time::sleep(duration)
            }
        }

        impl Net for $runtime {
            type Listener = TcpListener;
            type Stream = TcpStream;

            async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
                let address = listener.local_addr()?;
                Ok((listener, address))
            }

            async fn accept(listener: &mut TcpListener) -> io::Result<TcpStream> {
                Ok(listener.accept().await?.0)
            }

            async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
                TcpStream::connect_addr(address).await
            }

            async fn read(stream: &mut TcpStream, buffer: Vec<u8>) -> io::Result<(usize, Vec<u8>)> {
                let (length, buffer) = stream.read(buffer).await;
                Ok((length?, buffer))
            }

            async fn write_all(stream: &mut TcpStream, buffer: Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
                let (written, slice) = stream.write_all(buffer.slice(..length)).await;
                written.map(|_| slice.into_inner())
            }

            fn spawn_echo((): (), stream: TcpStream) -> JoinHandle<()> {
                monoio::spawn(tcp::echo::<Self>(stream))
            }

            fn spawn_exchange((): (), stream: TcpStream, trips: usize) -> JoinHandle<()> {
                monoio::spawn(tcp::exchange::<Self>(stream, trips))
            }
        }
    )*};
}

runtime! { MonoioUring on IoUringDriver MonoioEpoll on LegacyDriver }
