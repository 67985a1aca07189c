//! The work that is measured.

pub mod tasks;
pub mod tcp;
pub mod threads;
pub mod timers;

use crate::rt::{Capability, Runtime};

/// One kind of work; a row of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "`what` says it")]
pub enum Workload {
    BlockOnReady,
    BlockOnYields,
    RunReady,
    RunYields,
    SpawnJoinAll,
    SpawnJoinOne,
    Batches,
    TaskYields,
    OwnYields,
    ThousandYield,
    PingPong,
    PingPongChannel,
    CrossThread,
    TimerChurn,
    TimersCancelled,
    TimersFired,
    SleepLateness,
    TcpOne,
    TcpMany,
}

/// How a peer takes part in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It is compared.
    Compared,
    /// It is shown, but does not do the same work.
    Shown,
    /// It has nothing that could do this.
    None,
}

impl Workload {
    /// In the order of the tables.
    pub const ALL: [Self; 19] = [
        Self::BlockOnReady,
        Self::BlockOnYields,
        Self::RunReady,
        Self::RunYields,
        Self::SpawnJoinAll,
        Self::SpawnJoinOne,
        Self::Batches,
        Self::TaskYields,
        Self::OwnYields,
        Self::ThousandYield,
        Self::PingPong,
        Self::PingPongChannel,
        Self::CrossThread,
        Self::TimerChurn,
        Self::TimersCancelled,
        Self::TimersFired,
        Self::SleepLateness,
        Self::TcpOne,
        Self::TcpMany,
    ];

    /// The name on the command line and in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::BlockOnReady => "block-on-ready",
            Self::BlockOnYields => "block-on-yields",
            Self::RunReady => "run-ready",
            Self::RunYields => "run-yields",
            Self::SpawnJoinAll => "spawn-join-all",
            Self::SpawnJoinOne => "spawn-join-one",
            Self::Batches => "batches",
            Self::TaskYields => "task-yields",
            Self::OwnYields => "own-yields",
            Self::ThousandYield => "thousand-yield",
            Self::PingPong => "ping-pong",
            Self::PingPongChannel => "ping-pong-channel",
            Self::CrossThread => "cross-thread",
            Self::TimerChurn => "timer-churn",
            Self::TimersCancelled => "timers-cancelled",
            Self::TimersFired => "timers-fired",
            Self::SleepLateness => "sleep-lateness",
            Self::TcpOne => "tcp-1",
            Self::TcpMany => "tcp-64",
        }
    }

    /// What is counted, and done how.
    pub fn what(self) -> &'static str {
        match self {
            Self::BlockOnReady => "block_on of a ready future, without tasks",
            Self::BlockOnYields => "yields of the one future under block_on, without tasks",
            Self::RunReady => "block_on of a ready future, in a runtime that has tasks",
            Self::RunYields => "yields of the root future, in a runtime that has tasks",
            Self::SpawnJoinAll => "tasks spawned, then all joined",
            Self::SpawnJoinOne => "tasks spawned and joined one at a time",
            Self::Batches => "a million tasks, so many spawned and joined at once",
            Self::TaskYields => "yields of one task",
            Self::OwnYields => "the same by the runtime's own `yield_now`",
            Self::ThousandYield => "yields of 1,000 tasks in turn",
            Self::PingPong => "round trips between two tasks over one-word channels",
            Self::PingPongChannel => "the same over async-channel",
            Self::CrossThread => "round trips between a task and a thread",
            Self::TimerChurn => "timers created, registered and dropped one at a time",
            Self::TimersCancelled => "timers created and registered, then all dropped",
            Self::TimersFired => "timers created, registered and awaited within 50 ms, processor time",
            Self::SleepLateness => "sleeps of 1 ms one after another, the median of how late",
            Self::TcpOne => "round trips of 64 bytes over 1 connection",
            Self::TcpMany => "round trips of 64 bytes over 64 connections",
        }
    }

    /// How many operations there are unless told otherwise.
    pub fn count(self) -> usize {
        match self {
            Self::BlockOnReady => 10_000_000,
            Self::RunReady => 100_000,
            Self::BlockOnYields | Self::RunYields | Self::TaskYields | Self::ThousandYield => 1_000_000,
            Self::OwnYields => 200_000,
            Self::SpawnJoinAll | Self::TimersCancelled | Self::TimersFired => 100_000,
            Self::SpawnJoinOne | Self::CrossThread => 20_000,
            Self::Batches => 1_000,
            Self::PingPong | Self::PingPongChannel | Self::TimerChurn => 200_000,
            Self::SleepLateness => 200,
            Self::TcpOne => 20_000,
            Self::TcpMany => 32_000,
        }
    }

    /// What a runtime needs to have for it.
    pub fn needs(self) -> Capability {
        match self {
            Self::BlockOnReady | Self::BlockOnYields => Capability::BlockOn,
            Self::RunReady
            | Self::RunYields
            | Self::SpawnJoinAll
            | Self::SpawnJoinOne
            | Self::Batches
            | Self::TaskYields
            | Self::OwnYields
            | Self::ThousandYield
            | Self::PingPong
            | Self::PingPongChannel
            | Self::CrossThread => Capability::Tasks,
            Self::TimerChurn
            | Self::TimersCancelled
            | Self::TimersFired
            | Self::SleepLateness
            | Self::TcpOne
            | Self::TcpMany => Capability::All,
        }
    }

    /// How a runtime takes part.
    pub fn part(self, runtime: Runtime) -> Part {
        if runtime.capability() < self.needs() {
            return Part::None;
        }
        match (self, runtime) {
            // Those that have tasks do it in the rows `run-`.
            (Self::BlockOnReady | Self::BlockOnYields, _) if runtime.capability() > Capability::BlockOn => Part::None,
            // These put a task that woke itself first, so that the thousand run one after another, each to its end.
            (Self::ThousandYield, Runtime::MonoioUring | Runtime::MonoioEpoll) => Part::Shown,
            _ => Part::Compared,
        }
    }

    /// Which of ours is compared.
    pub fn ours(self) -> Runtime {
        match self {
            Self::BlockOnReady | Self::BlockOnYields => Runtime::PinsightBlockOn,
            _ => Runtime::Pinsight,
        }
    }

    /// Whether first or level is the goal.
    pub fn has_goal(self) -> bool {
        self != Self::CrossThread
    }

    /// Whether the time that counts is the processor's: the wall clock would measure the waiting.
    pub fn by_cpu(self) -> bool {
        self == Self::TimersFired
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        for (index, workload) in Workload::ALL.iter().enumerate() {
            assert!(Workload::ALL[..index].iter().all(|other| other.name() != workload.name()), "{workload:?}");
        }
    }

    #[test]
    fn ours_takes_part_in_every_row() {
        for workload in Workload::ALL {
            assert_eq!(workload.part(workload.ours()), Part::Compared, "{workload:?}");
        }
    }
}
