//! Servers, clients and protocols.

use std::future::{Ready, ready};

use axum::Router;
use axum::extract::{Form, Json, Multipart, Path, Query, Request, State, WebSocketUpgrade};
use axum::middleware::{self, Next};
use axum::response::Response;
use tokio::net::{TcpListener, TcpStream};

type Boxed = Box<dyn std::error::Error + Send + Sync>;

async fn handler(
    State(state): State<String>,
    Path(path): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    Form(form): Form<Vec<(String, String)>>,
) -> String {
    format!("{state}{path}{query:?}{form:?}")
}

async fn upload(mut body: Multipart) -> String {
    let mut text = String::new();
    while let Ok(Some(field)) = body.next_field().await {
        text += &field.text().await.unwrap_or_default();
    }
    text
}

async fn chat(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        while let Some(Ok(message)) = socket.recv().await {
            if socket.send(message).await.is_err() {
                return;
            }
        }
    })
}

async fn layer(request: Request, next: Next) -> Response {
    next.run(request).await
}

async fn state_layer(State(_): State<String>, request: Request, next: Next) -> Response {
    next.run(request).await
}

async fn request_layer(request: Request) -> Request {
    request
}

async fn response_layer(response: Response) -> Response {
    response
}

pub async fn axum(listener: TcpListener) -> std::io::Result<()> {
    let router = Router::new()
        .route("/{path}", axum::routing::post(handler))
        .route("/upload", axum::routing::post(upload))
        .route("/chat", axum::routing::get(chat))
        .route("/json", axum::routing::post(|Json(numbers): Json<Vec<u8>>| async move { Json(numbers.len()) }))
        .layer(middleware::from_fn(layer))
        .layer(middleware::from_fn_with_state(String::new(), state_layer))
        .layer(middleware::map_request(request_layer))
        .layer(middleware::map_response(response_layer))
        .with_state(String::new());
    axum::serve(listener, router).with_graceful_shutdown(std::future::pending()).await
}

pub async fn axum_plain(listener: TcpListener, router: Router) -> std::io::Result<()> {
    axum::serve(listener, router).await
}

pub async fn resolver(resolver: hickory_resolver::TokioResolver) -> Result<(), Boxed> {
    resolver.lookup_ip("a.b").await?;
    resolver.lookup("a.b", hickory_proto::rr::RecordType::A).await?;
    resolver.reverse_lookup([127, 0, 0, 1].into()).await?;
    resolver.ipv4_lookup("a.b").await?;
    resolver.mx_lookup("a.b").await?;
    resolver.srv_lookup("a.b").await?;
    resolver.txt_lookup("a.b").await?;
    Ok(())
}

pub async fn web_sockets(stream: TcpStream) -> Result<(), Boxed> {
    let (mut one, _) = tokio_tungstenite::connect_async("ws://a").await?;
    one.close(None).await?;
    let (mut other, _) = tokio_tungstenite::client_async("ws://a", stream).await?;
    other.close(None).await?;
    Ok(())
}

pub async fn web_socket_server(stream: TcpStream) -> Result<(), Boxed> {
    tokio_tungstenite::accept_async(stream).await?.close(None).await?;
    Ok(())
}

pub async fn web_socket_raw(stream: TcpStream, role: tokio_tungstenite::tungstenite::protocol::Role) {
    let one = tokio_tungstenite::WebSocketStream::from_raw_socket(stream, role, None).await;
    let stream = one.into_inner();
    tokio_tungstenite::WebSocketStream::from_partially_read(stream, Vec::new(), role, None).await;
}

pub async fn channel() -> Result<tonic::transport::Channel, Boxed> {
    Ok(tonic::transport::Endpoint::from_static("http://a").connect().await?)
}

#[derive(Clone)]
pub struct Service;

impl tower::Service<http::Request<tonic::body::Body>> for Service {
    type Response = http::Response<tonic::body::Body>;
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<tonic::body::Body>) -> Self::Future {
        ready(Ok(http::Response::new(tonic::body::Body::empty())))
    }
}

impl tonic::server::NamedService for Service {
    const NAME: &'static str = "service";
}

pub async fn tonic_server(address: std::net::SocketAddr) -> Result<(), Boxed> {
    tonic::transport::Server::builder().add_service(Service).serve(address).await?;
    tonic::transport::Server::builder()
        .add_service(Service)
        .serve_with_shutdown(address, std::future::pending())
        .await?;
    Ok(())
}

pub async fn tower(request: String) -> Result<String, Boxed> {
    use tower::{Service, ServiceExt};
    let check = |text: String| async move { Ok::<_, Boxed>(text) };
    let echo = tower::service_fn(|text: String| async move { Ok::<_, Boxed>(text) });
    let mut filter = tower::filter::AsyncFilter::new(echo, check);
    filter.check(String::new()).await?;
    filter.ready().await?.call(request).await
}
