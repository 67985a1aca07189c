//! Pools of connections.

use std::convert::Infallible;

pub struct Manager;

impl deadpool::managed::Manager for Manager {
    type Type = String;
    type Error = Infallible;

    async fn create(&self) -> Result<String, Infallible> {
        Ok(String::new())
    }

    async fn recycle(
        &self,
        _: &mut String,
        _: &deadpool::managed::Metrics,
    ) -> deadpool::managed::RecycleResult<Infallible> {
        Ok(())
    }
}

pub async fn managed(pool: &deadpool::managed::Pool<Manager>) -> Option<String> {
    let timeouts = deadpool::managed::Timeouts::default();
    let one = pool.get().await.ok()?;
    let other = pool.timeout_get(&timeouts).await.ok()?;
    Some(format!("{}{}", *one, *other))
}

pub async fn unmanaged(pool: &deadpool::unmanaged::Pool<String>) -> Option<String> {
    let one = pool.get().await.ok()?;
    let other = pool.timeout_get(None).await.ok()?;
    pool.add(String::new()).await.ok()?;
    let text = pool.remove().await.ok()? + &pool.timeout_remove(None).await.ok()?;
    Some(format!("{text}{}{}", *one, *other))
}

impl bb8::ManageConnection for Manager {
    type Connection = String;
    type Error = Infallible;

    async fn connect(&self) -> Result<String, Infallible> {
        Ok(String::new())
    }

    async fn is_valid(&self, _: &mut String) -> Result<(), Infallible> {
        Ok(())
    }

    fn has_broken(&self, _: &mut String) -> bool {
        false
    }
}

pub async fn bb8() -> Option<usize> {
    let pool = bb8::Pool::builder().build(Manager).await.ok()?;
    let one = pool.get().await.ok()?;
    let other = pool.get_owned().await.ok()?;
    let third = pool.dedicated_connection().await.ok()?;
    Some(one.len() + other.len() + third.len())
}
