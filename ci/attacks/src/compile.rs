//! Compiles many programs in few processes, without one of them being able to hide another.
//!
//! Each program of a batch is a module of one crate. The compiler stops after the phase that finds a mistake, so the modules
//! with errors are taken out and the rest is compiled again, until nothing is left that fails. What then compiles has been through
//! every phase without an error in the whole crate. An error that belongs to no module cuts the batch in two.

use crate::engine::{Engine, rustc};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A program, and how it is compiled.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Source {
    pub(crate) edition: &'static str,
    /// Names that lead elsewhere: `--extern name=library`.
    pub(crate) redirects: Vec<(String, String)>,
    /// The text is a crate of its own, not a module in one.
    pub(crate) alone: bool,
    /// The unstable features of the crate.
    pub(crate) features: &'static str,
    /// `@HERE@` in it is the path of its module.
    pub(crate) text: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    Compiles,
    Rejected(Errors),
    /// The compiler itself failed, or took too long.
    Crashed(String),
}

/// The errors of one program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Errors {
    /// An error of the engine's own counts as [`OURS`], any other without a code as `-`.
    pub(crate) codes: BTreeSet<String>,
    /// The first line with an error, counted from 0.
    pub(crate) first_line: usize,
}

impl Verdict {
    pub(crate) fn has(&self, codes: &[&str]) -> bool {
        matches!(self, Verdict::Rejected(found) if codes.iter().any(|code| found.codes.contains(*code)))
    }
}

/// What stands for the code of an error whose text is the engine's.
pub(crate) const OURS: &str = "ours";

const BATCH: usize = 100;
pub(crate) const LIMIT: Duration = Duration::from_secs(120);

pub(crate) struct Compiler<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) scratch: PathBuf,
    pub(crate) jobs: usize,
    known: Mutex<BTreeMap<Source, Verdict>>,
    pub(crate) processes: AtomicUsize,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(engine: &'a Engine, scratch: PathBuf, jobs: usize) -> Self {
        Self { engine, scratch, jobs, known: Mutex::default(), processes: AtomicUsize::new(0) }
    }

    /// What the compiler says of each of these.
    pub(crate) fn verdicts(&self, sources: &[Source]) -> Vec<Verdict> {
        let mut groups: BTreeMap<_, Vec<&Source>> = BTreeMap::new();
        {
            let known = lock(&self.known);
            let new: BTreeSet<&Source> = sources.iter().filter(|source| !known.contains_key(*source)).collect();
            for source in new {
                groups
                    .entry((source.edition, source.features, &source.redirects, source.alone))
                    .or_default()
                    .push(source);
            }
        }
        let size = |alone: bool| if alone { 1 } else { BATCH };
        let batches: Vec<&[&Source]> = groups.iter().flat_map(|(key, group)| group.chunks(size(key.3))).collect();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for worker in 0..self.jobs {
                let (batches, next) = (&batches, &next);
                scope.spawn(move || {
                    let folder = self.scratch.join(format!("worker-{worker}"));
                    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let verdicts = self.batch(batch, &folder);
                        let mut known = lock(&self.known);
                        known.extend(batch.iter().map(|source| (*source).clone()).zip(verdicts));
                    }
                });
            }
        });
        let known = lock(&self.known);
        let missing = || Verdict::Crashed("not compiled".into());
        sources.iter().map(|source| known.get(source).cloned().unwrap_or_else(missing)).collect()
    }

    /// One program in a crate of its own, whatever was found before.
    pub(crate) fn alone(&self, source: &Source) -> Verdict {
        self.batch(&[source], &self.scratch.join("alone")).remove(0)
    }

    fn batch(&self, batch: &[&Source], folder: &Path) -> Vec<Verdict> {
        let mut verdicts: Vec<Option<Verdict>> = vec![None; batch.len()];
        let mut left: Vec<usize> = (0..batch.len()).collect();
        while !left.is_empty() {
            let sources: Vec<&Source> = left.iter().map(|index| batch[*index]).collect();
            match self.compile(&sources, folder) {
                Outcome::Compiles => {
                    left.drain(..).for_each(|index| verdicts[index] = Some(Verdict::Compiles));
                }
                Outcome::Errors(errors) if !errors.is_empty() => {
                    for (index, errors) in errors {
                        verdicts[left[index]] = Some(Verdict::Rejected(errors));
                    }
                    left.retain(|index| verdicts[*index].is_none());
                }
                Outcome::Errors(_) | Outcome::Crashed(_) if left.len() > 1 => {
                    let right = left.split_off(left.len() / 2);
                    for half in [&left, &right] {
                        let sources: Vec<&Source> = half.iter().map(|index| batch[*index]).collect();
                        for (index, verdict) in half.iter().zip(self.batch(&sources, folder)) {
                            verdicts[*index] = Some(verdict);
                        }
                    }
                    left.clear();
                }
                Outcome::Crashed(why) => verdicts[left.remove(0)] = Some(Verdict::Crashed(why)),
                Outcome::Errors(_) => {
                    verdicts[left.remove(0)] =
                        Some(Verdict::Rejected(Errors { codes: BTreeSet::from(["-".into()]), first_line: 0 }))
                }
            }
        }
        let missing = || Verdict::Crashed("not compiled".into());
        verdicts.into_iter().map(|verdict| verdict.unwrap_or_else(missing)).collect()
    }

    fn compile(&self, sources: &[&Source], folder: &Path) -> Outcome {
        self.processes.fetch_add(1, Ordering::Relaxed);
        let file = folder.join("attack.rs");
        let (text, ranges) = whole(sources);
        if let Err(error) = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text)) {
            return Outcome::Crashed(error.to_string());
        }
        let mut rustc = self.rustc(sources[0], &self.engine.libraries);
        rustc.args(["--crate-type", "lib", "--emit=metadata", "--error-format=short"]);
        rustc.arg("--out-dir").arg(folder).arg(&file);
        let (status, _, errors) = match within_limit(&mut rustc, LIMIT) {
            Ok(ended) => ended,
            Err(error) => return Outcome::Crashed(error),
        };
        if status == Some(0) {
            return Outcome::Compiles;
        }
        if status != Some(1) {
            let panic = errors.lines().find(|line| line.contains("panicked")).unwrap_or("the compiler crashed");
            return Outcome::Crashed(panic.to_owned());
        }
        let mut found: BTreeMap<usize, Errors> = BTreeMap::new();
        for (line, code, text) in errors.lines().filter_map(error) {
            let code = if self.engine.messages.iter().any(|message| message.is(text)) { OURS.into() } else { code };
            if let Some(index) = ranges.iter().position(|range| range.contains(&line)) {
                // The module's own first line is none of the program's.
                let line = (line - ranges[index].start).saturating_sub(1);
                let errors = found.entry(index).or_insert(Errors { codes: BTreeSet::new(), first_line: line });
                errors.codes.insert(code);
                errors.first_line = errors.first_line.min(line);
            }
        }
        Outcome::Errors(found)
    }

    /// The command, up to what is emitted.
    pub(crate) fn rustc(&self, source: &Source, libraries: &Path) -> Command {
        let mut rustc = rustc();
        rustc.args(["--edition", source.edition, "--crate-name", "attack", "-Awarnings"]);
        rustc.arg("-L").arg(libraries);
        if !source.features.is_empty() {
            rustc.env("RUSTC_BOOTSTRAP", "1");
        }
        for name in ["pinsight", "arsenal", "arsenal_macros", "attackers", "victim", "hijack"] {
            if !source.redirects.iter().any(|(redirected, _)| redirected == name) {
                rustc.args(["--extern", name]);
            }
        }
        for (name, library) in &source.redirects {
            rustc.arg("--extern").arg(format!("{name}={}", libraries.join(format!("lib{library}.rlib")).display()));
        }
        rustc
    }
}

enum Outcome {
    Compiles,
    /// Those of each program that has any.
    Errors(BTreeMap<usize, Errors>),
    Crashed(String),
}

/// What stands at the root of every crate. Edition 2015 finds no crate by its name alone.
pub(crate) fn head(edition: &str) -> &'static str {
    if edition == "2015" {
        "#![forbid(unsafe_code)]\n#![allow(warnings)]\nextern crate pinsight; extern crate arsenal; extern crate arsenal_macros; \
         extern crate attackers; extern crate victim; extern crate hijack;\n"
    } else {
        "#![forbid(unsafe_code)]\n#![allow(warnings)]\n"
    }
}

/// The text of a crate with all these programs, and the lines of each.
pub(crate) fn whole(sources: &[&Source]) -> (String, Vec<std::ops::Range<usize>>) {
    if let [source] = sources
        && source.alone
    {
        let all = 0..usize::MAX;
        return (source.text.clone(), Vec::from([all]));
    }
    let mut text = head(sources[0].edition).to_owned();
    if !sources[0].features.is_empty() {
        text = format!("#![feature({})]\n{text}", sources[0].features);
    }
    let mut ranges = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let start = text.lines().count() + 1;
        text += &format!("pub mod p{number} {{\n{}\n}}\n", source.text.replace("@HERE@", &format!("crate::p{number}")));
        ranges.push(start..text.lines().count() + 1);
    }
    (text, ranges)
}

/// The line, the code and the text of `attack.rs:3:5: error[E0277]: …`.
fn error(line: &str) -> Option<(usize, String, &str)> {
    let mut parts = line.split_once("attack.rs:")?.1.splitn(3, ':');
    let number = parts.next()?.parse().ok()?;
    let _column = parts.next()?;
    let rest = parts.next()?.trim_start().strip_prefix("error")?;
    let code = match rest.strip_prefix('[') {
        Some(code) => code.split(']').next()?.to_owned(),
        None => "-".to_owned(),
    };
    Some((number, code, rest.split_once(": ").map_or("", |(_, text)| text)))
}

/// Runs a command, and returns its status and what it says on both streams.
pub(crate) fn within_limit(command: &mut Command, limit: Duration) -> Result<(Option<i32>, String, String), String> {
    let text = |error: std::io::Error| error.to_string();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(text)?;
    let stdout = read_aside(child.stdout.take());
    let stderr = read_aside(child.stderr.take());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(text)? {
            break Ok(status.code());
        }
        if start.elapsed() > limit {
            child.kill().map_err(text)?;
            child.wait().map_err(text)?;
            break Err(format!("took more than {} seconds", limit.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let end = |reader: JoinHandle<String>| reader.join().unwrap_or_default();
    let (stdout, stderr) = (end(stdout), end(stderr));
    status.map(|status| (status, stdout, stderr))
}

/// Reads to the end in a thread, so that no pipe fills up.
fn read_aside<R: Read + Send + 'static>(stream: Option<R>) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is better than nothing.
        let _ = stream.map(|mut stream| stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
