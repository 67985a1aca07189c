//! Wall time, and the processor time of the whole process.

use std::time::{Duration, Instant};

/// What one operation took, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// By the clock on the wall.
    pub wall: f64,
    /// User and system time of all threads; other work on the machine changes it little.
    pub cpu: f64,
}

/// A stopwatch that has been started.
pub struct Stopwatch {
    wall: Instant,
    cpu: Duration,
}

impl Stopwatch {
    /// Starts one.
    pub fn start() -> Self {
        Self { cpu: process_cpu(), wall: Instant::now() }
    }

    /// What each of the operations since the start took.
    pub fn stop(self, operations: usize) -> Sample {
        let (wall, cpu) = (self.wall.elapsed(), process_cpu() - self.cpu);
        let each = |time: Duration| time.as_secs_f64() * 1e9 / operations as f64;
        Sample { wall: each(wall), cpu: each(cpu) }
    }
}

fn process_cpu() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a `timespec` that this function owns.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    assert_eq!(status, 0, "this system does not tell the processor time of a process");
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleeping_process_uses_wall_time_only() {
        let watch = Stopwatch::start();
        std::thread::sleep(Duration::from_millis(30));
        let sample = watch.stop(10);
        assert!(sample.wall >= 3e6, "{sample:?}");
        assert!(sample.cpu < sample.wall, "{sample:?}");
    }
}
