//! Tasks, locks, channels, streams of bytes.

use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub async fn tunnel(mut one: TcpStream, mut other: TcpStream) -> std::io::Result<(u64, u64)> {
    tokio::io::copy_bidirectional_with_sizes(&mut one, &mut other, 1, 1).await?;
    tokio::io::copy_bidirectional(&mut one, &mut other).await
}

pub async fn copy(mut one: TcpStream, mut other: TcpStream) -> std::io::Result<u64> {
    let mut buffered = tokio::io::BufReader::new(&mut one);
    buffered.read_line(&mut String::new()).await?;
    tokio::io::copy_buf(&mut buffered, &mut other).await?;
    other.write_all(b"a").await?;
    one.read_u8().await?;
    let mut bytes = tokio_util::bytes::BytesMut::new();
    tokio_util::io::read_buf(&mut one, &mut bytes).await?;
    tokio_util::io::read_exact_arc(&mut one, 1).await?;
    tokio::io::copy(&mut one, &mut other).await
}

pub async fn files() -> std::io::Result<()> {
    let text = tokio::fs::read_to_string("a").await?;
    tokio::fs::write("b", text).await?;
    tokio::fs::create_dir_all("c").await?;
    tokio::fs::copy("a", "b").await?;
    let mut folder = tokio::fs::read_dir("c").await?;
    while let Some(entry) = folder.next_entry().await? {
        entry.metadata().await?;
    }
    tokio::fs::File::open("a").await?.set_len(1).await?;
    tokio::fs::OpenOptions::new().open("a").await?;
    tokio::fs::metadata("a").await?;
    tokio::fs::remove_file("a").await?;
    tokio::fs::rename("a", "b").await?;
    tokio::fs::canonicalize("a").await?;
    let _addresses = tokio::net::lookup_host("a:1").await?;
    tokio::net::TcpListener::bind("a:1").await?;
    tokio::net::TcpStream::connect("a:1").await?;
    tokio::net::UdpSocket::bind("a:1").await?.connect("a:1").await?;
    Ok(())
}

pub async fn locks(
    mutex: Arc<tokio::sync::Mutex<String>>,
    lock: Arc<tokio::sync::RwLock<String>>,
    cell: &tokio::sync::OnceCell<String>,
    semaphore: Arc<tokio::sync::Semaphore>,
    barrier: &tokio::sync::Barrier,
) -> usize {
    let one = mutex.lock().await.len() + mutex.clone().lock_owned().await.len();
    let two = lock.read().await.len() + lock.write().await.len();
    let three = lock.clone().read_owned().await.len() + lock.clone().write_owned().await.len();
    let four = cell.get_or_init(|| async { String::new() }).await.len();
    let five = cell.get_or_try_init(|| async { Ok::<_, ()>(String::new()) }).await.map_or(0, |text| text.len());
    let _permits = (semaphore.acquire().await, semaphore.clone().acquire_owned().await);
    let _many = (semaphore.acquire_many(2).await, semaphore.clone().acquire_many_owned(2).await);
    barrier.wait().await;
    one + two + three + four + five
}

pub async fn channels() -> Option<String> {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<String>(1);
    sender.send(String::new()).await.ok()?;
    sender.send_timeout(String::new(), std::time::Duration::ZERO).await.ok()?;
    sender.reserve().await.ok()?.send(String::new());
    sender.reserve_many(1).await.ok()?;
    sender.clone().reserve_owned().await.ok()?;
    sender.closed().await;
    receiver.recv_many(&mut Vec::new(), 1).await;
    let (_, mut unbounded) = tokio::sync::mpsc::unbounded_channel::<String>();
    unbounded.recv().await?;
    unbounded.recv_many(&mut Vec::new(), 1).await;
    let (sender, mut watched) = tokio::sync::watch::channel(String::new());
    sender.closed().await;
    watched.changed().await.ok()?;
    watched.wait_for(|text| text.is_empty()).await.ok()?;
    let (_, mut heard) = tokio::sync::broadcast::channel::<String>(1);
    heard.recv().await.ok()?;
    let (mut asked, _answer) = tokio::sync::oneshot::channel::<String>();
    asked.closed().await;
    receiver.recv().await
}

pub async fn sets() -> Option<String> {
    let mut set = tokio::task::JoinSet::new();
    set.spawn(async { String::new() });
    set.join_next_with_id().await?.ok()?;
    set.shutdown().await;
    let mut map = tokio_util::task::JoinMap::new();
    map.spawn(1, async { String::new() });
    map.join_next().await?.1.ok()?;
    map.shutdown().await;
    let token = tokio_util::sync::CancellationToken::new();
    token.run_until_cancelled(async { String::new() }).await?;
    token.clone().run_until_cancelled_owned(async { String::new() }).await?;
    let mut queue = tokio_util::task::JoinQueue::new();
    queue.spawn(async { String::new() });
    queue.join_next_with_id().await?.ok()?;
    queue.join_next().await?.ok()?;
    queue.shutdown().await;
    let pool = tokio_util::task::LocalPoolHandle::new(1);
    pool.spawn_pinned(|| async { String::new() }).await.ok()?;
    let local = tokio::task::LocalSet::new();
    local.run_until(async {}).await;
    let (sender, _receiver) = tokio::sync::mpsc::channel::<String>(1);
    let _sender = tokio_util::sync::PollSender::new(sender);
    let mut all = set.join_all().await;
    all.extend(queue.join_all().await);
    all.pop()
}
