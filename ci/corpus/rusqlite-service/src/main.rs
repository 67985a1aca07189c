//! A service over hyper itself, whose requests are answered by a thread that owns the database.

use std::convert::Infallible;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use rusqlite::Connection;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

struct Query {
    statement: String,
    answer: oneshot::Sender<Result<i64, rusqlite::Error>>,
}

#[derive(Clone)]
struct Database {
    queries: mpsc::Sender<Query>,
}

impl Database {
    fn open() -> rusqlite::Result<Database> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch("create table visits (path text)")?;
        let (queries, mut receiver) = mpsc::channel::<Query>(8);
        std::thread::spawn(move || {
            while let Some(query) = receiver.blocking_recv() {
                let _ = query.answer.send(connection.query_row(&query.statement, [], |row| row.get(0)));
            }
        });
        Ok(Database { queries })
    }

    async fn number(&self, statement: &str) -> Option<i64> {
        let (answer, receiver) = oneshot::channel();
        let query = Query { statement: statement.to_owned(), answer };
        self.queries.send(query).await.ok()?;
        receiver.await.ok()?.ok()
    }
}

async fn answer(database: Database, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let text = match head.method {
        Method::GET => {
            let mut sum = 0;
            for column in ["count(*)", "max(rowid)", "min(rowid)"] {
                let statement = format!("select {column} from visits");
                sum += database.number(&statement).await.unwrap_or(0);
            }
            sum.to_string()
        }
        _ => match body.collect().await {
            Ok(body) => {
                let bytes = body.to_bytes();
                let text = String::from_utf8_lossy(&bytes);
                let result = database.number(&text).await;
                format!("{result:?}")
            }
            Err(error) => error.to_string(),
        },
    };
    Ok(Response::new(Full::from(text)))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::open()?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on {}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let database = database.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(database.clone(), request));
            let io = TokioIo::new(stream);
            if let Err(error) = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await {
                eprintln!("{error}");
            }
        });
    }
}
