//! futures' `LocalPool`.

use std::cell::RefCell;
use std::future::Future;

use futures::executor::LocalSpawner;
use futures::future::RemoteHandle;
use futures::task::LocalSpawnExt;

use super::{Entry, Tasks};

/// The type of that name.
pub struct LocalPool {
    pool: RefCell<futures::executor::LocalPool>,
    spawner: &'static LocalSpawner,
}

impl Entry for LocalPool {
    fn start() -> Self {
        let pool = futures::executor::LocalPool::new();
        Self { spawner: Box::leak(Box::new(pool.spawner())), pool: RefCell::new(pool) }
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.pool.borrow_mut().run_until(future)
    }
}

impl Tasks for LocalPool {
    type Spawner = &'static LocalSpawner;
    type Join<T: Send + 'static> = RemoteHandle<T>;

    fn spawner(&self) -> &'static LocalSpawner {
        self.spawner
    }

    fn spawn<F>(spawner: &'static LocalSpawner, future: F) -> RemoteHandle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        spawner.spawn_local_with_handle(future).expect("the pool is there")
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        // It has none of its own.
        crate::future::YieldNow::default()
    }
}
