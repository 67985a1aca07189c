//! `Stream` of futures-core, for what comes again and again.

use crate::io::{self as sys, Async};
use crate::net::{TcpStream, UnixStream};
use crate::reactor::Direction;
use crate::time::Interval;
use futures_core::Stream;
use std::io;
use std::net::SocketAddr;
use std::os::unix::net;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

/// When each tick was due.
impl Stream for Interval {
    type Item = Instant;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Instant>> {
        self.poll_tick(context).map(Some)
    }
}

/// Connections, as `accept` returns them. It goes on after errors.
impl Stream for Async<std::net::TcpListener> {
    type Item = io::Result<(TcpStream, SocketAddr)>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let accept = self.poll_with(Direction::Read, context, sys::accept_tcp);
        accept.map_ok(|(stream, peer)| (Async::tcp(stream, self.is_plain_tcp()), peer)).map(Some)
    }
}

/// Connections, as `accept` returns them. It goes on after errors.
impl Stream for Async<net::UnixListener> {
    type Item = io::Result<(UnixStream, net::SocketAddr)>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let accept = self.poll_with(Direction::Read, context, sys::accept_unix);
        accept.map_ok(|(stream, peer)| (Async::from_nonblocking(stream), peer)).map(Some)
    }
}
