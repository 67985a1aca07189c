//! Fetches pages with retries and a limit of how many at once, and reads one as a stream.

use std::time::Duration;

use futures::StreamExt;
use reqwest::{Client, StatusCode};

async fn fetch(client: &Client, url: &str, attempts: u32) -> Result<String, reqwest::Error> {
    let mut wait = Duration::from_millis(50);
    let mut attempt = 0;
    loop {
        attempt += 1;
        let answer = client.get(url).send().await;
        match answer {
            Ok(answer) if answer.status() == StatusCode::TOO_MANY_REQUESTS && attempt < attempts => {}
            Ok(answer) => return answer.text().await,
            Err(error) if attempt >= attempts => return Err(error),
            Err(_) => {}
        }
        tokio::time::sleep(wait).await;
        wait *= 2;
    }
}

async fn download(client: &Client, url: &str) -> Result<usize, reqwest::Error> {
    let mut stream = client.get(url).send().await?.bytes_stream();
    let mut window = [0u8; 256];
    let mut total = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        let length = chunk.len().min(window.len());
        window[..length].copy_from_slice(&chunk[..length]);
        total += chunk.len();
        tokio::task::yield_now().await;
    }
    Ok(total + usize::from(window[0]))
}

async fn all(client: &Client, urls: &[String]) -> Vec<Result<String, reqwest::Error>> {
    futures::stream::iter(urls).map(|url| async move { fetch(client, url, 3).await }).buffer_unordered(4).collect().await
}

async fn json(client: &Client, url: &str) -> Option<serde_json::Value> {
    let answer = client.post(url).json(&serde_json::json!({ "a": 1 })).send().await.ok()?;
    answer.json().await.ok()
}

#[tokio::main]
async fn main() {
    let client = Client::builder().timeout(Duration::from_secs(1)).build().expect("a client");
    let urls: Vec<String> = std::env::args().skip(1).collect();
    for page in all(&client, &urls).await {
        println!("{:?}", page.map(|page| page.len()));
    }
    if let Some(url) = urls.first() {
        println!("{:?} {:?}", download(&client, url).await.ok(), json(&client, url).await);
    }
}
