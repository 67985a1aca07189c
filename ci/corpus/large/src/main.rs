//! A program that is large for what it links: one of everything that a service may talk to. It is only ever read.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use axum::Router;
use axum::extract::{Multipart, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::{get, post};
use futures::StreamExt;

struct Query;

#[Object]
impl Query {
    async fn sum(&self, a: i32, b: i32) -> i32 {
        tokio::task::yield_now().await;
        a + b
    }
}

async fn graphql(text: String) -> String {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let answer = schema.execute(text.as_str()).await;
    format!("{:?}", answer.data)
}

async fn databases() -> Result<i64, sqlx::Error> {
    let sqlite = sqlx::SqlitePool::connect("sqlite::memory:").await?;
    let (a,): (i64,) = sqlx::query_as("select 1").fetch_one(&sqlite).await?;
    let postgres = sqlx::PgPool::connect("postgres://localhost").await?;
    let (b,): (i64,) = sqlx::query_as("select 2::int8").fetch_one(&postgres).await?;
    let mysql = sqlx::MySqlPool::connect("mysql://localhost").await?;
    let mut rows = sqlx::query("select 3").fetch(&mysql);
    let mut count = 0;
    while let Some(row) = rows.next().await {
        row?;
        count += 1;
    }
    let mut transaction = postgres.begin().await?;
    sqlx::query("delete from a").execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(a + b + count)
}

async fn cache() -> redis::RedisResult<Vec<String>> {
    let client = redis::Client::open("redis://localhost")?;
    let mut connection = client.get_multiplexed_async_connection().await?;
    let one: Vec<String> = redis::cmd("KEYS").arg("*").query_async(&mut connection).await?;
    let cluster = redis::cluster::ClusterClient::new(vec!["redis://localhost"])?;
    let mut connection = cluster.get_async_connection().await?;
    let two: Vec<String> = redis::cmd("KEYS").arg("*").query_async(&mut connection).await?;
    Ok([one, two].concat())
}

async fn queue() -> lapin::Result<usize> {
    let connection = lapin::Connection::connect("amqp://localhost", Default::default()).await?;
    let channel = connection.create_channel().await?;
    let queue = channel.queue_declare("q", Default::default(), Default::default()).await?;
    let mut consumer = channel.basic_consume("q", "c", Default::default(), Default::default()).await?;
    while let Some(delivery) = consumer.next().await {
        delivery?.ack(Default::default()).await?;
    }
    Ok(queue.message_count() as usize)
}

async fn names(name: &str) -> usize {
    let Ok(builder) = hickory_resolver::TokioResolver::builder_tokio() else { return 0 };
    let resolver = builder.build();
    resolver.lookup_ip(name).await.map_or(0, |found| found.iter().count())
}

async fn fetch(url: &str) -> reqwest::Result<usize> {
    let client = reqwest::Client::builder().cookie_store(true).build()?;
    let form = reqwest::multipart::Form::new().text("a", "b");
    let mut stream = client.post(url).multipart(form).send().await?.bytes_stream();
    let mut total = 0;
    while let Some(chunk) = stream.next().await {
        total += chunk?.len();
    }
    Ok(total)
}

async fn channel() -> Result<(), tonic::transport::Error> {
    let channel = tonic::transport::Endpoint::from_static("http://localhost").connect().await?;
    let mut client = tonic::client::Grpc::new(channel);
    client.ready().await
}

async fn upload(mut form: Multipart) -> String {
    let mut total = 0;
    while let Ok(Some(field)) = form.next_field().await {
        total += field.bytes().await.map_or(0, |bytes| bytes.len());
    }
    total.to_string()
}

async fn socket(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        while let Some(Ok(message)) = socket.recv().await {
            if socket.send(message).await.is_err() {
                return;
            }
        }
    })
}

#[tokio::main]
async fn main() {
    let router = Router::new()
        .route("/graphql", post(graphql))
        .route("/upload", post(upload))
        .route("/socket", get(socket))
        .layer(tower_http::compression::CompressionLayer::new())
        .layer(tower_http::cors::CorsLayer::permissive());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    println!("{:?} {:?} {:?}", databases().await, cache().await, queue().await.map_err(|error| error.to_string()));
    println!("{} {:?} {:?}", names("localhost").await, fetch("http://localhost").await, channel().await);
    let _ = server.await;
}
