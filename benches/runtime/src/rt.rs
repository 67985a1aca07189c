//! What a runtime has to offer to be measured, and the runtimes there are.

mod async_executor;
mod local_pool;
mod monoio;
mod pinsight;
mod plain;
mod smol;
mod tokio;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

pub use self::async_executor::{Executor, ExecutorWithIo};
pub use self::local_pool::LocalPool;
pub use self::monoio::{MonoioEpoll, MonoioUring};
pub use self::pinsight::{Pinsight, PinsightBlockOn};
pub use self::plain::{Futures, FuturesLite, Pollster};
pub use self::smol::Smol;
pub use self::tokio::{Tokio, TokioBare};

/// Something that runs a future to its end on the calling thread.
pub trait Entry {
    /// Makes one, with whatever it needs to be made once.
    fn start() -> Self;

    /// Runs the future, and all tasks meanwhile if there can be any.
    fn block_on<F: Future>(&self, future: F) -> F::Output;
}

/// A runtime that has tasks.
pub trait Tasks: Entry + 'static {
    /// What it takes to spawn: a reference that lives for ever, or nothing where it is known from the thread.
    type Spawner: Copy + 'static;
    /// What waits for the output of a task.
    type Join<T: Send + 'static>: Future<Output = T>;

    /// For use inside [`block_on`](Entry::block_on).
    fn spawner(&self) -> Self::Spawner;

    /// Spawns a task. `Send` because smol, which runs tasks on a thread of its own, cannot do without.
    fn spawn<F>(spawner: Self::Spawner, future: F) -> Self::Join<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static;

    /// The runtime's own way to let other tasks run.
    fn yield_now() -> impl Future<Output = ()> + Send;
}

/// A runtime that has timers.
pub trait Timers: Tasks {
    /// Waits for as long as told; called and polled inside [`block_on`](Entry::block_on).
    fn sleep(duration: Duration) -> impl Future<Output = ()>;
}

/// A runtime that has sockets. Buffers go in and come back because io_uring needs to own them.
pub trait Net: Tasks {
    /// Listens on a port of 127.0.0.1.
    type Listener;
    /// A connection.
    type Stream: 'static;

    /// Listens on any free port of 127.0.0.1.
    fn listen() -> impl Future<Output = io::Result<(Self::Listener, SocketAddr)>>;
    /// The next connection.
    fn accept(listener: &mut Self::Listener) -> impl Future<Output = io::Result<Self::Stream>>;
    /// A new connection.
    fn connect(address: SocketAddr) -> impl Future<Output = io::Result<Self::Stream>>;
    /// Reads what there is, as far as the buffer goes; 0 at the end.
    fn read(stream: &mut Self::Stream, buffer: Vec<u8>) -> impl Future<Output = io::Result<(usize, Vec<u8>)>>;
    /// Writes the whole beginning of the buffer.
    fn write_all(
        stream: &mut Self::Stream,
        buffer: Vec<u8>,
        length: usize,
    ) -> impl Future<Output = io::Result<Vec<u8>>>;

    /// Spawns [`echo`](crate::workload::tcp::echo). Here because only the adapter can tell whether its stream is `Send`.
    fn spawn_echo(spawner: Self::Spawner, stream: Self::Stream) -> Self::Join<()>;
    /// Spawns [`exchange`](crate::workload::tcp::exchange).
    fn spawn_exchange(spawner: Self::Spawner, stream: Self::Stream, trips: usize) -> Self::Join<()>;
}

/// What a runtime can do; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// [`Entry`] only.
    BlockOn,
    /// [`Tasks`] too.
    Tasks,
    /// [`Timers`] and [`Net`] too.
    All,
}

/// The runtimes that can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named for its adapter, and described by `what`")]
pub enum Runtime {
    Pinsight,
    PinsightBlockOn,
    ExecutorWithIo,
    Executor,
    Smol,
    Tokio,
    TokioBare,
    LocalPool,
    MonoioUring,
    MonoioEpoll,
    Pollster,
    FuturesLite,
    Futures,
}

impl Runtime {
    /// In the order of the tables.
    pub const ALL: [Self; 13] = [
        Self::Pinsight,
        Self::PinsightBlockOn,
        Self::ExecutorWithIo,
        Self::Executor,
        Self::Smol,
        Self::Tokio,
        Self::TokioBare,
        Self::LocalPool,
        Self::MonoioUring,
        Self::MonoioEpoll,
        Self::Pollster,
        Self::FuturesLite,
        Self::Futures,
    ];

    /// The name on the command line and in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pinsight => "pinsight",
            Self::PinsightBlockOn => "pinsight-block-on",
            Self::ExecutorWithIo => "executor-io",
            Self::Executor => "executor",
            Self::Smol => "smol",
            Self::Tokio => "tokio",
            Self::TokioBare => "tokio-bare",
            Self::LocalPool => "local-pool",
            Self::MonoioUring => "monoio-uring",
            Self::MonoioEpoll => "monoio-epoll",
            Self::Pollster => "pollster",
            Self::FuturesLite => "futures-lite",
            Self::Futures => "futures",
        }
    }

    /// What the name stands for.
    pub fn what(self) -> &'static str {
        match self {
            Self::Pinsight => "pinsight_rt::LocalExecutor::run",
            Self::PinsightBlockOn => "pinsight_rt::block_on",
            Self::ExecutorWithIo => "async_executor::LocalExecutor under async_io::block_on",
            Self::Executor => "async_executor::LocalExecutor under futures_lite's block_on",
            Self::Smol => "smol::block_on and smol::spawn, whose tasks run on a thread of their own",
            Self::Tokio => "tokio's current-thread runtime",
            Self::TokioBare => "the same without its drivers for I/O and time",
            Self::LocalPool => "futures::executor::LocalPool",
            Self::MonoioUring => "monoio on io_uring",
            Self::MonoioEpoll => "monoio on epoll",
            Self::Pollster => "pollster::block_on",
            Self::FuturesLite => "futures_lite::future::block_on",
            Self::Futures => "futures::executor::block_on",
        }
    }

    /// What it can do.
    pub fn capability(self) -> Capability {
        match self {
            Self::PinsightBlockOn | Self::Pollster | Self::FuturesLite | Self::Futures => Capability::BlockOn,
            Self::Executor | Self::TokioBare | Self::LocalPool => Capability::Tasks,
            Self::Pinsight
            | Self::ExecutorWithIo
            | Self::Smol
            | Self::Tokio
            | Self::MonoioUring
            | Self::MonoioEpoll => Capability::All,
        }
    }

    /// Whether it is ours.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Pinsight | Self::PinsightBlockOn)
    }
}
