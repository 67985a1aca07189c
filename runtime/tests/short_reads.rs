//! A read that gets less than it asked for has not always got everything: what lies behind has to be read without a further event.

#![cfg(all(not(loom), target_os = "linux"))]

#[path = "harness/hang.rs"]
mod hang;

use pinsight_rt::io::Async;
use pinsight_rt::net::{TcpListener, TcpStream, UnixStream};
use pinsight_rt::{LocalExecutor, spawn, time};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::Ipv4Addr;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

fn run<F: Future<Output = ()>>(test: impl FnOnce() -> F + Send + 'static) {
    hang::within(Duration::from_secs(10), || LocalExecutor::new().run(test()));
}

/// Sends bytes, with a descriptor beside them if there is one.
fn send(socket: &impl AsFd, bytes: &[u8], flags: libc::c_int, descriptor: Option<&OwnedFd>) {
    let mut piece = libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
    // As long as one descriptor needs, and aligned as it asks.
    let mut control = [0_u64; 8];
    // SAFETY: All zeros is a message without anything.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &raw mut piece;
    message.msg_iovlen = 1;
    if let Some(descriptor) = descriptor {
        let size = size_of::<libc::c_int>() as libc::c_uint;
        message.msg_control = control.as_mut_ptr().cast();
        // SAFETY: They only compute; the space is less than that of `control`.
        unsafe {
            message.msg_controllen = libc::CMSG_SPACE(size) as _;
            let header = libc::CMSG_FIRSTHDR(&raw const message);
            (*header).cmsg_level = libc::SOL_SOCKET;
            (*header).cmsg_type = libc::SCM_RIGHTS;
            (*header).cmsg_len = libc::CMSG_LEN(size) as _;
            libc::CMSG_DATA(header).cast::<libc::c_int>().write_unaligned(descriptor.as_raw_fd());
        }
    }
    // SAFETY: The message and all that it points to live here.
    let sent = unsafe { libc::sendmsg(socket.as_fd().as_raw_fd(), &raw const message, flags) };
    assert_eq!(sent, bytes.len() as isize, "{}", io::Error::last_os_error());
}

/// Reads until it has got so many bytes, with room for more in each read. Without urgent ones: the system keeps one of them apart, and
/// it becomes one of the others when there is a new one.
async fn gather<T: AsFd>(mut stream: Async<T>, length: usize) -> Vec<u8>
where
    for<'a> &'a T: Read,
{
    let mut all = Vec::new();
    while all.len() < length {
        let mut buffer = [0; 256];
        match stream.read(&mut buffer).await.unwrap() {
            0 => panic!("the end after {all:?}"),
            length => all.extend(buffer[..length].iter().filter(|byte| **byte != b'!')),
        }
    }
    all
}

async fn tcp() -> (TcpStream, TcpStream) {
    let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    (client, listener.accept().await.unwrap().0)
}

/// Lets the reader wait, so that it is registered; then writes everything while it does not look.
async fn written_at_once<T: AsFd + 'static>(reader: Async<T>, expected: &str, write: impl FnOnce())
where
    for<'a> &'a T: Read,
{
    let reader = spawn(gather(reader, expected.len()));
    time::sleep(2 * MS).await;
    write();
    std::thread::sleep(2 * MS);
    assert_eq!(String::from_utf8(reader.await.unwrap()).unwrap(), expected);
}

#[test]
fn bytes_behind_a_descriptor_on_a_unix_stream() {
    run(async || {
        let (reader, writer) = UnixStream::pair().unwrap();
        let null = OwnedFd::from(File::open("/dev/null").unwrap());
        written_at_once(reader, "abcdefghi", || {
            send(&writer, b"abc", 0, Some(&null));
            send(&writer, b"def", 0, None);
            send(&writer, b"ghi", 0, Some(&null));
        })
        .await;
    });
}

#[test]
fn bytes_behind_urgent_data_of_tcp() {
    // Also when it comes first, twice, and after the connection was in use for a while.
    for before in [0, 1] {
        run(async move || {
            let (mut reader, mut writer) = tcp().await;
            for _ in 0..before {
                let echo = spawn(async move {
                    reader.read_exact(&mut [0; 4]).await.unwrap();
                    reader
                });
                time::sleep(MS).await;
                writer.write_all(b"ping").await.unwrap();
                reader = echo.await.unwrap();
            }
            written_at_once(reader, "abcdefghi", || {
                send(&writer, b"abc", 0, None);
                send(&writer, b"!", libc::MSG_OOB, None);
                send(&writer, b"def", 0, None);
                send(&writer, b"!", libc::MSG_OOB, None);
                send(&writer, b"ghi", 0, None);
            })
            .await;
        });
    }
}

/// Many of them, in any order with the reads.
#[test]
fn urgent_data_at_any_time() {
    run(async || {
        let (reader, writer) = tcp().await;
        let reader = spawn(gather(reader, 20_000));
        let sender = std::thread::spawn(move || {
            let mut rest = 20_000;
            let mut length = 1;
            while rest > 0 {
                length = (length * 7 + 3) % 50 + 1;
                let length = length.min(rest);
                rest -= length;
                match rest % 3 {
                    0 => send(&writer, b"!", libc::MSG_OOB, None),
                    1 => std::thread::yield_now(),
                    _ => {}
                }
                let bytes = vec![b'x'; length];
                let mut bytes = &bytes[..];
                while !bytes.is_empty() {
                    match (&*writer).write(bytes) {
                        Ok(length) => bytes = &bytes[length..],
                        Err(_) => std::thread::yield_now(),
                    }
                }
            }
            writer
        });
        assert!(reader.await.unwrap() == [b'x'; 20_000]);
        drop(sender.join().unwrap());
    });
}

/// A terminal gives one line for each read, however much is asked for.
#[test]
fn lines_of_a_terminal() {
    run(async || {
        let master = OpenOptions::new().read(true).write(true).custom_flags(libc::O_NOCTTY).open("/dev/ptmx").unwrap();
        let mut name = [0_u8; 64];
        // SAFETY: The descriptor is open, and the place has the length that is given.
        unsafe {
            assert_eq!(libc::unlockpt(master.as_raw_fd()), 0);
            assert_eq!(libc::ptsname_r(master.as_raw_fd(), name.as_mut_ptr().cast(), name.len()), 0);
        }
        let name = std::ffi::CStr::from_bytes_until_nul(&name).unwrap().to_str().unwrap();
        let terminal = OpenOptions::new().read(true).write(true).custom_flags(libc::O_NOCTTY).open(name).unwrap();
        written_at_once(Async::new(terminal).unwrap(), "one\ntwo\nthree\n", || {
            (&master).write_all(b"one\ntwo\nthree\n").unwrap();
        })
        .await;
    });
}

/// A pipe of packets gives one for each read.
#[test]
fn packets_of_a_pipe() {
    run(async || {
        let mut ends = [0; 2];
        // SAFETY: The place is one for two descriptors, which are nobody's but these files'.
        let [reader, mut writer] = unsafe {
            assert_eq!(libc::pipe2(ends.as_mut_ptr(), libc::O_DIRECT | libc::O_CLOEXEC), 0);
            ends.map(|end| File::from_raw_fd(end))
        };
        written_at_once(Async::new(reader).unwrap(), "abcdefghi", || {
            for packet in [b"abc", b"def", b"ghi"] {
                writer.write_all(packet).unwrap();
            }
        })
        .await;
    });
}

/// The other way into the same reads.
#[cfg(all(feature = "futures-io", feature = "tokio-io"))]
#[test]
fn by_the_traits_of_others() {
    run(async || {
        for tokio in [true, false] {
            let (mut reader, writer) = UnixStream::pair().unwrap();
            let null = OwnedFd::from(File::open("/dev/null").unwrap());
            let task = spawn(async move {
                let mut buffer = [0; 9];
                if tokio {
                    tokio::io::AsyncReadExt::read_exact(&mut reader, &mut buffer).await.unwrap();
                } else {
                    futures_util::AsyncReadExt::read_exact(&mut reader, &mut buffer).await.unwrap();
                }
                buffer
            });
            time::sleep(MS).await;
            for bytes in [b"abc", b"def", b"ghi"] {
                send(&writer, bytes, 0, Some(&null));
            }
            std::thread::sleep(MS);
            assert_eq!(&task.await.unwrap(), b"abcdefghi");
        }
    });
}
