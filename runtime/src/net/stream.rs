//! What all streams have in common: reading, writing, and being split.

use std::io::{self, IoSlice};
use std::net::Shutdown;
use std::rc::Rc;
use std::task::{Context, Poll};

/// A stream or a half of one that reads. Takes `&self` so that halves can share a stream; the public methods take `&mut`.
pub(crate) trait Reading {
    fn poll_reading(&self, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>>;
}

/// Likewise for writing.
pub(crate) trait Writing {
    fn poll_writing(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>>;
    fn poll_writing_vectored(&self, context: &mut Context<'_>, pieces: &[IoSlice<'_>]) -> Poll<io::Result<usize>>;
    fn shut_down(&self, how: Shutdown) -> io::Result<()>;
}

/// The methods of everything that reads.
macro_rules! reading_methods {
    () => {
        /// Reads what there is, up to the length of the buffer. 0 is the end.
        ///
        /// # Errors
        ///
        /// What the system says.
        pub async fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            std::future::poll_fn(|context| self.poll_reading(context, buffer)).await
        }

        /// Fills the buffer.
        ///
        /// # Errors
        ///
        /// What the system says, and `UnexpectedEof` if the stream ends before.
        pub async fn read_exact(&mut self, mut buffer: &mut [u8]) -> std::io::Result<()> {
            while !buffer.is_empty() {
                match self.read(buffer).await? {
                    0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                    length => buffer = &mut buffer[length..],
                }
            }
            Ok(())
        }

        /// Reads to the end. Returns the number of bytes.
        ///
        /// # Errors
        ///
        /// What the system says. The bytes before are in the buffer then.
        pub async fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> std::io::Result<usize> {
            let mut chunk = [0; 4096];
            let before = buffer.len();
            loop {
                match self.read(&mut chunk).await? {
                    0 => return Ok(buffer.len() - before),
                    length => buffer.extend_from_slice(&chunk[..length]),
                }
            }
        }
    };
}

/// The methods of everything that writes.
macro_rules! writing_methods {
    () => {
        /// Writes some of the bytes. Returns how many.
        ///
        /// # Errors
        ///
        /// What the system says.
        pub async fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            std::future::poll_fn(|context| self.poll_writing(context, bytes)).await
        }

        /// Writes some of the bytes of several pieces with one call of the system. Returns how many.
        ///
        /// # Errors
        ///
        /// What the system says.
        pub async fn write_vectored(&mut self, pieces: &[std::io::IoSlice<'_>]) -> std::io::Result<usize> {
            std::future::poll_fn(|context| self.poll_writing_vectored(context, pieces)).await
        }

        /// Writes all of the bytes.
        ///
        /// # Errors
        ///
        /// What the system says.
        pub async fn write_all(&mut self, mut bytes: &[u8]) -> std::io::Result<()> {
            while !bytes.is_empty() {
                match self.write(bytes).await? {
                    0 => return Err(std::io::ErrorKind::WriteZero.into()),
                    length => bytes = &bytes[length..],
                }
            }
            Ok(())
        }
    };
}

pub(super) use {reading_methods, writing_methods};

/// The half of a stream that reads; made by `into_split`.
///
/// There is one of them, and one task at a time that waits for it: two would take each other's wake-ups.
///
/// ```compile_fail,E0499
/// use pinsight_rt::net::{ReadHalf, TcpStream};
///
/// async fn read_twice(mut half: ReadHalf<TcpStream>) {
///     let (mut one, mut other) = ([0], [0]);
///     let _ = pinsight_rt::join(half.read(&mut one), half.read(&mut other)).await;
/// }
/// ```
#[derive(Debug)]
pub struct ReadHalf<S> {
    pub(super) stream: Rc<S>,
}

/// The half of a stream that writes; made by `into_split`. When it is dropped, the other side sees the end of the stream.
#[derive(Debug)]
#[expect(private_bounds, reason = "the streams of this module have halves, and no others")]
pub struct WriteHalf<S: Writing> {
    pub(super) stream: Rc<S>,
}

impl<S: Reading> Reading for ReadHalf<S> {
    fn poll_reading(&self, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.stream.poll_reading(context, buffer)
    }
}

impl<S: Writing> Writing for WriteHalf<S> {
    fn poll_writing(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream.poll_writing(context, bytes)
    }

    fn poll_writing_vectored(&self, context: &mut Context<'_>, pieces: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        self.stream.poll_writing_vectored(context, pieces)
    }

    fn shut_down(&self, how: Shutdown) -> io::Result<()> {
        self.stream.shut_down(how)
    }
}

#[expect(private_bounds, reason = "as above")]
impl<S: Reading> ReadHalf<S> {
    reading_methods!();

    /// The whole stream, for its addresses and options.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }
}

#[expect(private_bounds, reason = "as above")]
impl<S: Writing> WriteHalf<S> {
    writing_methods!();

    /// The whole stream, for its addresses and options.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }
}

impl<S: Writing> Drop for WriteHalf<S> {
    fn drop(&mut self) {
        // Fails if the other side has closed the connection: then it knows.
        let _ = self.stream.shut_down(Shutdown::Write);
    }
}

/// A stream that is one wrapper around `Async`.
macro_rules! stream {
    ($Stream:ident) => {
        impl $Stream {
            crate::net::stream::reading_methods!();
            crate::net::stream::writing_methods!();

            /// Ends one direction, or both. After `Shutdown::Write`, the other side sees the end of the stream.
            ///
            /// # Errors
            ///
            /// What the system says.
            pub fn shutdown(&self, how: std::net::Shutdown) -> std::io::Result<()> {
                self.io.get_ref().shutdown(how)
            }

            /// Two halves, for two tasks.
            pub fn into_split(self) -> (crate::net::ReadHalf<Self>, crate::net::WriteHalf<Self>) {
                let stream = std::rc::Rc::new(self);
                (crate::net::ReadHalf { stream: std::rc::Rc::clone(&stream) }, crate::net::WriteHalf { stream })
            }
        }

        impl crate::net::Reading for $Stream {
            #[inline]
            fn poll_reading(
                &self,
                context: &mut std::task::Context<'_>,
                buffer: &mut [u8],
            ) -> std::task::Poll<std::io::Result<usize>> {
                self.io.poll_read(context, buffer)
            }
        }

        impl crate::net::Writing for $Stream {
            #[inline]
            fn poll_writing(
                &self,
                context: &mut std::task::Context<'_>,
                bytes: &[u8],
            ) -> std::task::Poll<std::io::Result<usize>> {
                self.io.poll_write(context, bytes)
            }

            fn poll_writing_vectored(
                &self,
                context: &mut std::task::Context<'_>,
                pieces: &[std::io::IoSlice<'_>],
            ) -> std::task::Poll<std::io::Result<usize>> {
                self.io.poll_write_vectored(context, pieces)
            }

            fn shut_down(&self, how: std::net::Shutdown) -> std::io::Result<()> {
                self.shutdown(how)
            }
        }

        impl std::os::fd::AsFd for $Stream {
            fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
                self.io.as_fd()
            }
        }
    };
}

pub(super) use stream;
