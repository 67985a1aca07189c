//! A dump when the process is asked for one from outside.

use super::dump;
use crate::JoinHandle;
use crate::net::UnixStream;
use signal_hook::consts::SIGUSR1;
use signal_hook::low_level::pipe;
use std::io::{self, Write};

/// Prints all tasks of the running executor to stderr whenever the process gets `SIGUSR1`: `kill -USR1 PID`.
///
/// That is the work of a task, which is named `dump on SIGUSR1`; it ends when its handle is aborted. So it answers between polls: an
/// executor that is stuck *inside* a poll does not.
///
/// # Errors
///
/// What the system says.
///
/// # Panics
///
/// If no executor is running on this thread.
#[track_caller]
pub fn dump_on_signal() -> io::Result<JoinHandle<io::Result<()>>> {
    let builder = crate::builder().name("dump on SIGUSR1");
    let (reader, writer) = std::os::unix::net::UnixStream::pair()?;
    // A signal handler must not block.
    writer.set_nonblocking(true)?;
    pipe::register(SIGUSR1, writer)?;
    let mut reader = UnixStream::new(reader)?;
    Ok(builder.spawn(async move {
        let mut signals = [0; 64];
        loop {
            if reader.read(&mut signals).await? == 0 {
                return Ok(());
            }
            // As elsewhere: nobody may be reading stderr.
            let _ = write!(io::stderr(), "{}", dump());
        }
    }))
}
