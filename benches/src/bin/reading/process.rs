//! Runs a process and asks the kernel what it took.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::Result;

pub(crate) struct Usage {
    /// Seconds.
    pub(crate) wall: f64,
    /// Seconds, of all threads.
    pub(crate) cpu: f64,
    /// The most that was resident, in bytes, what is mapped of the file among it.
    pub(crate) memory: f64,
}

#[cfg(target_os = "linux")]
pub(crate) fn run(command: &[String], binary: &str) -> Result<Usage> {
    let start = Instant::now();
    let child = Command::new(&command[0])
        .args(&command[1..])
        .arg(binary)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut status = 0;
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::uninit();
    // SAFETY: the process is our own child, which nobody else waits for; both pointers are valid for writes.
    let waited = unsafe { libc::wait4(child.id() as libc::pid_t, &raw mut status, 0, usage.as_mut_ptr()) };
    let wall = start.elapsed().as_secs_f64();
    if waited < 0 {
        return Err(std::io::Error::last_os_error().into());
    }
    if status != 0 {
        return Err(format!("{command:?} ended with status {status}").into());
    }
    // SAFETY: `wait4` succeeded, so it has written the whole value.
    let usage = unsafe { usage.assume_init() };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    Ok(Usage { wall, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), memory: usage.ru_maxrss as f64 * 1024.0 })
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn run(_command: &[String], _binary: &str) -> Result<Usage> {
    let _ = (Stdio::null(), Instant::now(), Command::new(""));
    Err("peak memory is read with `wait4`, whose unit is only known on Linux".into())
}
