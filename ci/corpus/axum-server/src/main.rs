//! A small service with the shapes that handlers have: shared state behind a lock, a body that is read whole, a task in the
//! background, a timeout, a race, an async closure, a boxed future, and a generic helper.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::sync::{RwLock, mpsc};

#[derive(Clone)]
struct App {
    users: Arc<RwLock<BTreeMap<u64, User>>>,
    events: mpsc::Sender<Event>,
}

#[derive(Clone, Serialize, Deserialize)]
struct User {
    name: String,
    scores: [u32; 16],
}

enum Event {
    Created(u64),
    Read(u64),
}

trait Store {
    fn load(&self, id: u64) -> Pin<Box<dyn Future<Output = Option<User>> + Send + '_>>;
}

impl Store for App {
    fn load(&self, id: u64) -> Pin<Box<dyn Future<Output = Option<User>> + Send + '_>> {
        Box::pin(async move {
            let users = self.users.read().await;
            users.get(&id).cloned()
        })
    }
}

trait Notify {
    async fn notify(&self, event: Event) -> bool;
}

impl Notify for App {
    async fn notify(&self, event: Event) -> bool {
        self.events.send(event).await.is_ok()
    }
}

async fn read_user(State(app): State<App>, Path(id): Path<u64>) -> Result<Json<User>, StatusCode> {
    let user = tokio::time::timeout(Duration::from_secs(1), app.load(id)).await;
    app.notify(Event::Read(id)).await;
    match user {
        Ok(Some(user)) => Ok(Json(user)),
        Ok(None) => Err(StatusCode::NOT_FOUND),
        Err(_) => Err(StatusCode::GATEWAY_TIMEOUT),
    }
}

async fn create_user(State(app): State<App>, body: Bytes) -> Result<String, StatusCode> {
    let buffer = body.to_vec();
    let view = &buffer[..];
    let mut head = [0u8; 512];
    let length = view.len().min(head.len());
    head[..length].copy_from_slice(&view[..length]);
    let id = checksum(&head[..length]).await;
    let name = String::from_utf8(view.to_vec()).map_err(|_| StatusCode::BAD_REQUEST)?;
    {
        let mut users = app.users.write().await;
        users.insert(id, User { name, scores: [0; 16] });
    }
    app.notify(Event::Created(id)).await;
    log_line("created", &view.len()).await;
    Ok(id.to_string())
}

async fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = 0u64;
    for chunk in bytes.chunks(64) {
        for byte in chunk {
            sum = sum.wrapping_mul(31).wrapping_add(u64::from(*byte));
        }
        tokio::task::yield_now().await;
    }
    sum
}

async fn log_line<T: std::fmt::Debug>(what: &str, value: &T) {
    let line = format!("{what}: {value:?}");
    tokio::task::yield_now().await;
    println!("{line}");
}

async fn worker(mut events: mpsc::Receiver<Event>) {
    let mut ticker = tokio::time::interval(Duration::from_secs(10));
    let mut reads = 0u64;
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Some(Event::Created(id)) => log_line("user", &id).await,
                Some(Event::Read(_)) => reads += 1,
                None => return,
            },
            _ = ticker.tick() => log_line("reads", &reads).await,
        }
    }
}

async fn health() -> &'static str {
    let check = async |name: &'static str| {
        let buffer = [0u8; 32];
        tokio::task::yield_now().await;
        buffer.len() + name.len()
    };
    let (a, b) = futures::join!(check("disk"), check("memory"));
    if a + b > 0 { "ok" } else { "failing" }
}

#[tokio::main]
async fn main() {
    let (events, receiver) = mpsc::channel(64);
    let app = App { users: Arc::default(), events };
    tokio::spawn(worker(receiver));
    let router = Router::new()
        .route("/health", get(health))
        .route("/users/{id}", get(read_user))
        .route("/users", post(create_user))
        .layer(tower_http::trace::TraceLayer::new_for_http())
        .with_state(app);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    println!("listening on {}", listener.local_addr().expect("a bound socket"));
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, router).with_graceful_shutdown(stop).await.expect("the server runs");
}
