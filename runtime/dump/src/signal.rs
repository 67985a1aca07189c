//! A dump when the process is asked for one from outside.

use crate::dump;
use pinsight_rt::net::UnixStream;
use pinsight_rt::{JoinHandle, spawn_named};
use signal_hook::SigId;
use signal_hook::consts::SIGUSR1;
use signal_hook::low_level::{pipe, unregister};
use std::io::{self, Write};

/// Prints all tasks of the running executor to stderr whenever the process gets `SIGUSR1`: `kill -USR1 PID`.
///
/// That is the work of a task, which is named `dump on SIGUSR1`; it ends when its handle is aborted. So it answers between polls: an
/// executor that is stuck *inside* a poll does not.
///
/// # Errors
///
/// What `socketpair` and `sigaction` say.
///
/// # Panics
///
/// If no executor is running on this thread.
#[track_caller]
pub fn dump_on_signal() -> io::Result<JoinHandle<io::Result<()>>> {
    let (reader, writer) = std::os::unix::net::UnixStream::pair()?;
    // A signal handler must not block.
    writer.set_nonblocking(true)?;
    let handler = Handler(pipe::register(SIGUSR1, writer)?);
    let mut reader = UnixStream::new(reader)?;
    Ok(spawn_named("dump on SIGUSR1", async move {
        let _handler = handler;
        let mut signals = [0; 64];
        loop {
            if reader.read(&mut signals).await? == 0 {
                return Ok(());
            }
            // With one call, so that others who write there do not come in between. Nobody may be reading it, and that is no error.
            let _ = io::stderr().write_all(dump().to_string().as_bytes());
        }
    }))
}

/// A handler of a signal, which owns a descriptor. It goes with the task.
struct Handler(SigId);

impl Drop for Handler {
    fn drop(&mut self) {
        unregister(self.0);
    }
}
