//! Running cargo, and what it took.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::Result;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// User and system time of the process and of all that it started and waited for.
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
}

/// Runs a command to its end. Only one may run at a time: the kernel adds up the time of all children.
pub(crate) fn run(command: &mut Command) -> Result<(Output, Cost)> {
    let (cpu, start) = (children_cpu()?, Instant::now());
    let output = command.output()?;
    let cost = Cost { wall: start.elapsed(), cpu: children_cpu()?.saturating_sub(cpu) };
    if output.status.success() {
        return Ok((output, cost));
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed with {}:\n{stderr}", output.status).into())
}

/// Cargo with this compiler, and with nothing of the caller's that would change what is measured.
pub(crate) fn cargo(rustc: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or(OsString::from("cargo")));
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_BOOTSTRAP", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"]
    {
        command.env_remove(name);
    }
    // What a crate of the registry and what most CI machines get.
    command.env("CARGO_INCREMENTAL", "0").env("RUSTC", rustc);
    command
}

/// The compiler itself: what is called `rustc` may be a front that looks for it at each call.
pub(crate) fn rustc() -> Result<PathBuf> {
    let front = std::env::var_os("RUSTC").unwrap_or(OsString::from("rustc"));
    let mut command = Command::new(front);
    // The folder decides which compiler it is.
    command.args(["--print", "sysroot"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let (output, _) = run(&mut command)?;
    let sysroot = String::from_utf8(output.stdout)?;
    Ok(Path::new(sysroot.trim()).join("bin").join(format!("rustc{}", std::env::consts::EXE_SUFFIX)))
}

pub(crate) fn compiler_version(rustc: &Path) -> Result<String> {
    let (output, _) = run(Command::new(rustc).arg("--version"))?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[cfg(unix)]
fn children_cpu() -> Result<Duration> {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::uninit();
    // SAFETY: the pointer is valid for writes of one `rusage`, which is all that `getrusage` writes.
    let status = unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, usage.as_mut_ptr()) };
    if status != 0 {
        return Err(std::io::Error::last_os_error().into());
    }
    // SAFETY: `getrusage` succeeded, so it has written the whole value.
    let usage = unsafe { usage.assume_init() };
    Ok(duration(usage.ru_utime)? + duration(usage.ru_stime)?)
}

#[cfg(unix)]
fn duration(time: libc::timeval) -> Result<Duration> {
    // The widths of both fields differ between systems.
    #[allow(clippy::useless_conversion, clippy::unnecessary_fallible_conversions)]
    let (seconds, micros) = (u64::try_from(time.tv_sec)?, u64::try_from(i64::from(time.tv_usec))?);
    Ok(Duration::from_secs(seconds) + Duration::from_micros(micros))
}

#[cfg(not(unix))]
fn children_cpu() -> Result<Duration> {
    Err("CPU time is read with `getrusage`, which this system does not have".into())
}
