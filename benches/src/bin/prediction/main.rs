//! What a prediction costs: time and memory for more and more lines of real async code.
//!
//! `cargo run -p pinsight-benches --bin prediction -- FOLDER...` prints Markdown. Not built with `--release`: a macro of a debug
//! build is not optimised either. The sources are those in the folders; for more lines they are taken again.

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pinsight_benches::stats;
use pinsight_lowering::{Prediction, Source, predict_file};

/// Counts what is allocated.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller keeps the promises of `GlobalAlloc::alloc`, which are the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above; the pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: usize = 7;
const LINES: [usize; 5] = [2_500, 5_000, 10_000, 20_000, 40_000];

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(folder, &mut files));
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    // Half the files of a package have nothing async in them.
    let texts: Vec<&String> =
        texts.iter().filter(|text| text.matches(".await").count() * 100 > text.lines().count()).collect();
    if texts.is_empty() {
        eprintln!("error: no async code found\nUsage: cargo run -p pinsight-benches --bin prediction -- FOLDER...");
        return ExitCode::FAILURE;
    }
    println!("| lines | suspend points | parsing, ms | prediction, ms | a second predicts | most memory, MB |");
    println!("| ----: | -------------: | ----------: | -------------: | ----------------: | --------------: |");
    for lines in LINES {
        measure(&texts, lines);
    }
    ExitCode::SUCCESS
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn measure(texts: &[&String], lines: usize) {
    let mut taken: Vec<&str> = Vec::new();
    let mut count = 0;
    for text in texts.iter().cycle() {
        if count >= lines {
            break;
        }
        count += text.lines().count();
        taken.push(text);
    }
    let (mut parsing, mut whole, mut suspends, mut most) = (Vec::new(), Vec::new(), 0, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        taken.iter().for_each(|text| drop(syn::parse_file(text)));
        parsing.push(seconds(start.elapsed()));

        MOST.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
        let before = NOW.load(Ordering::Relaxed);
        let start = Instant::now();
        let all: Vec<Prediction> =
            taken.iter().filter_map(|text| predict_file(text, &Source::default()).ok()).flatten().collect();
        whole.push(seconds(start.elapsed()));
        most = MOST.load(Ordering::Relaxed) - before;
        suspends = all.iter().map(suspend_points).sum();
    }
    let (parsing, whole) = (stats::median(parsing), stats::median(whole));
    let prediction = whole - parsing;
    println!(
        "| {count} | {suspends} | {:.0} | {:.0} | {:.0} lines | {:.1} |",
        parsing * 1e3,
        prediction * 1e3,
        count as f64 / prediction,
        most as f64 / 1e6,
    );
}

fn suspend_points(prediction: &Prediction) -> usize {
    prediction.awaits.len() + prediction.children.iter().map(suspend_points).sum::<usize>()
}

fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}
