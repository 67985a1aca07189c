//! Three futures with a buffer of 4,096 bytes, and what room they need.

async fn fetch(request: &[u8]) -> usize {
    std::future::ready(request.len()).await
}

/// The buffer is needed after the await, so the machine stores all of it.
async fn large() -> usize {
    let buffer = [0_u8; 4096];
    let length = fetch(&buffer).await;
    length + buffer.len()
}

/// The buffer lies on the heap. The machine stores where.
async fn boxed() -> usize {
    let buffer = vec![0_u8; 4096];
    let length = fetch(&buffer).await;
    length + buffer.len()
}

/// The scope of the buffer ends before the await, so no state stores it.
async fn ends_early() -> usize {
    let sum = {
        let buffer = [1_u8; 4096];
        buffer.iter().map(|byte| usize::from(*byte)).sum::<usize>()
    };
    sum + fetch(b"short").await
}

fn main() {
    println!("large:      {:>5} bytes", size_of_val(&large()));
    println!("boxed:      {:>5} bytes", size_of_val(&boxed()));
    println!("ends early: {:>5} bytes", size_of_val(&ends_early()));
    let sums = pinsight_rt::block_on(async { (large().await, boxed().await, ends_early().await) });
    println!("{sums:?}");
}
