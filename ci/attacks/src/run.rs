//! Runs programs that compile, under AddressSanitizer: many in one binary, which goes on behind the one that failed.

use crate::compile::{Compiler, Source, Verdict, lock, whole};
use crate::engine::sanitize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Ended {
    Well,
    /// It came to an end of its own making.
    Stopped,
    /// An unsafe function of `victim` has run.
    Victim,
    Failed(String),
}

impl Ended {
    /// Whether it has shown that a promise is broken, and not only that it does nothing sensible.
    pub(crate) fn is_broken(&self) -> bool {
        const BROKEN: [&str; 4] = ["ERROR:", "has moved", "not in its value", "dropped twice"];
        match self {
            Ended::Victim => true,
            Ended::Failed(why) => BROKEN.iter().any(|text| why.contains(text)),
            Ended::Well | Ended::Stopped => false,
        }
    }
}

/// A program, and how often its pinned drop code has to run.
pub(crate) type Runnable = (Source, usize);

const BATCH: usize = 40;
const RUN_LIMIT: Duration = Duration::from_secs(20);

impl Compiler<'_> {
    /// Runs each, and says how it ended. All have to compile as modules.
    pub(crate) fn run(&self, programs: &[Runnable]) -> Vec<Ended> {
        let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (number, (source, _)) in programs.iter().enumerate() {
            groups.entry((source.edition, source.features, &source.redirects)).or_default().push(number);
        }
        let batches: Vec<&[usize]> = groups.values().flat_map(|group| group.chunks(BATCH)).collect();
        let ended = Mutex::new(vec![Ended::Failed("not run".into()); programs.len()]);
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for worker in 0..self.jobs {
                let (batches, next, ended) = (&batches, &next, &ended);
                scope.spawn(move || {
                    let folder = self.scratch.join(format!("runner-{worker}"));
                    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let list: Vec<&Runnable> = batch.iter().map(|number| &programs[*number]).collect();
                        let found = self.run_batch(&list, &folder);
                        let mut ended = lock(ended);
                        for (number, found) in batch.iter().zip(found) {
                            ended[*number] = found;
                        }
                    }
                });
            }
        });
        ended.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn run_batch(&self, batch: &[&Runnable], folder: &Path) -> Vec<Ended> {
        if let Err(error) = self.link(batch, folder) {
            if batch.len() > 1 {
                // Constants of generic code are evaluated only now.
                let (left, right) = batch.split_at(batch.len() / 2);
                return [self.run_batch(left, folder), self.run_batch(right, folder)].concat();
            }
            return vec![Ended::Failed(error)];
        }
        let mut ended = vec![Ended::Well; batch.len()];
        let mut from = 0;
        while from < batch.len() {
            let (at, how) = start(&folder.join("attack"), from);
            if how == Ended::Well {
                break;
            }
            let at = at.unwrap_or(from);
            ended[at] = how;
            from = at + 1;
        }
        ended
    }

    fn link(&self, batch: &[&Runnable], folder: &Path) -> Result<(), String> {
        self.processes.fetch_add(1, Ordering::Relaxed);
        let sources: Vec<&Source> = batch.iter().map(|(source, _)| source).collect();
        let (mut text, _) = whole(&sources);
        text += "fn main() {\n    let from: usize = ::std::env::args().nth(1).unwrap().parse().unwrap();\n";
        for (number, (_, drops)) in batch.iter().enumerate() {
            text += &format!("    if from <= {number} {{ ::arsenal::trial({number}, {drops}, p{number}::qx_run); }}\n");
        }
        text += "}\n";
        let file = folder.join("attack.rs");
        fs::create_dir_all(folder).and_then(|()| fs::write(&file, text)).map_err(|error| error.to_string())?;
        let mut rustc = self.rustc(sources[0], &self.engine.sanitized);
        sanitize(&mut rustc);
        rustc.args(["--crate-type", "bin", "--error-format=short"]).arg("--out-dir").arg(folder).arg(&file);
        let (status, _, errors) = crate::compile::within_limit(&mut rustc, crate::compile::LIMIT)?;
        if status == Some(0) { Ok(()) } else { Err(errors) }
    }

    /// Those of the programs that compile and end well.
    pub(crate) fn run_what_compiles(&self, programs: &[Runnable]) -> Vec<Option<Ended>> {
        let sources: Vec<_> = programs.iter().map(|(source, _)| source.clone()).collect();
        let compiles: Vec<_> =
            self.verdicts(&sources).into_iter().map(|verdict| verdict == Verdict::Compiles).collect();
        let runnable: Vec<_> =
            programs.iter().zip(&compiles).filter(|(_, compiles)| **compiles).map(|(p, _)| p.clone()).collect();
        let mut ended = self.run(&runnable).into_iter();
        compiles.into_iter().map(|compiles| if compiles { ended.next() } else { None }).collect()
    }
}

/// Runs the binary from this program on: which one was the last that began, and how that ended.
fn start(binary: &Path, from: usize) -> (Option<usize>, Ended) {
    let mut command = Command::new(binary);
    command.arg(from.to_string()).env("ASAN_OPTIONS", "detect_leaks=0").stdin(Stdio::null());
    let (status, text, errors) = match crate::compile::within_limit(&mut command, RUN_LIMIT) {
        Ok(ended) => ended,
        Err(error) => return (None, Ended::Failed(error)),
    };
    let begun = text.lines().rev().find_map(|line| line.strip_prefix("begin ")?.parse().ok());
    let how = match status {
        Some(0) => Ended::Well,
        Some(76) => Ended::Stopped,
        Some(77) => Ended::Victim,
        _ => {
            let says = |line: &&str| {
                line.contains("ERROR:") || line.contains("panicked") || line.contains("moved") || line.contains("drop")
            };
            Ended::Failed(errors.lines().filter(says).take(3).collect::<Vec<_>>().join("; "))
        }
    };
    (begun, how)
}
