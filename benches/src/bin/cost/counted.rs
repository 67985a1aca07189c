//! The compiler's call for a generated crate, made again under an instrument of valgrind.
//!
//! That is the very call of `cargo check`, with the macros as cargo builds them, and it counts the same at any load.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Result;
use crate::child;
use crate::kinds::Kind;
use crate::library::Library;
use crate::scratch::{CHECK, PACKAGE, Scratch};
use crate::shapes::Shape;

/// One crate to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    pub(crate) shape: Shape,
    pub(crate) types: usize,
}

/// The calls for the libraries, which are built.
pub(crate) struct Calls<'a> {
    scratch: &'a Scratch,
    calls: BTreeMap<Library, Call>,
}

/// What cargo runs for the crate.
struct Call {
    variables: Vec<(String, String)>,
    arguments: Vec<String>,
}

impl<'a> Calls<'a> {
    pub(crate) fn new(scratch: &'a Scratch, kinds: &[Kind]) -> Result<Self> {
        let mut calls = BTreeMap::new();
        for kind in kinds {
            let Entry::Vacant(call) = calls.entry(kind.library()) else { continue };
            eprintln!("building {}", kind.library().title());
            scratch.write_source(*kind, 1, 0)?;
            let (output, _) = child::run(scratch.cargo(kind.library(), "check", CHECK).arg("-vv"))?;
            call.insert(Call::read(&String::from_utf8(output.stderr)?, scratch.rustc())?);
        }
        Ok(Self { scratch, calls })
    }

    /// Runs the call for each subject under the tool, and returns what is read from the file that the tool writes.
    /// Its option for the file is `<tool>-out-file`; `label` keeps apart what is counted more than once.
    pub(crate) fn run<T: Send>(
        &self,
        (tool, options): (&str, &[&str]),
        label: &str,
        subjects: &[Subject],
        jobs: usize,
        read: impl Fn(&str) -> Result<T> + Sync,
    ) -> Result<BTreeMap<Subject, T>> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || -> std::result::Result<Vec<_>, String> {
            let mut results = Vec::new();
            while let Some(subject) = subjects.get(next.fetch_add(1, Ordering::Relaxed)) {
                let result = self.run_one((tool, options), label, *subject, &read);
                results.push((*subject, result.map_err(|error| error.to_string())?));
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                eprintln!("{tool}: {done} of {}: {} {}", subjects.len(), subject.kind.slug(), subject.shape.slug());
            }
            Ok(results)
        };
        let mut all = BTreeMap::new();
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
            for thread in threads {
                all.extend(thread.join().map_err(|_| "a thread panicked")??);
            }
            Ok(all)
        })
    }

    fn run_one<T>(
        &self,
        (tool, options): (&str, &[&str]),
        label: &str,
        subject: Subject,
        read: impl Fn(&str) -> Result<T>,
    ) -> Result<T> {
        let Subject { kind, shape, types } = subject;
        let name = format!("{tool}-{label}-{}-{}-{types}", kind.slug(), shape.slug());
        let folder = self.scratch.folder(kind.library()).join(name);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("src/lib.rs"), self.scratch.source(kind, shape, types))?;
        let file = folder.join(format!("{tool}.out"));
        let call = self.calls.get(&kind.library()).ok_or("the library was not built")?;
        let mut command = call.under(tool, options, &file, self.scratch.rustc(), &folder)?;
        let output = command.output().map_err(|error| format!("`valgrind` cannot be run: {error}"))?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        // The compiler's messages are JSON. A warning would be counted too.
        if !output.status.success() || stderr.contains(r#""$message_type":"diagnostic""#) {
            return Err(format!("{command:?} failed with {} or warned:\n{stderr}", output.status).into());
        }
        let result = read(&fs::read_to_string(&file)?)?;
        fs::remove_dir_all(&folder)?;
        Ok(result)
    }
}

impl Call {
    /// Finds what `cargo check -vv` says that it runs for the crate.
    fn read(stderr: &str, rustc: &Path) -> Result<Self> {
        let mut run = stderr.lines().filter_map(|line| line.trim().strip_prefix("Running `")?.strip_suffix('`'));
        let is_it = |line: &&str| line.contains(&format!(" --crate-name {PACKAGE} "));
        let line = run.find(is_it).ok_or("cargo does not say what it runs")?;
        let mut words = shell_words(line).into_iter();
        let mut variables = Vec::new();
        for word in words.by_ref() {
            match word.split_once('=') {
                _ if Path::new(&word) == rustc => return Ok(Self { variables, arguments: words.collect() }),
                Some((name, value)) => variables.push((name.to_owned(), value.to_owned())),
                None => break,
            }
        }
        Err(format!("cargo runs something else than the compiler: {line}").into())
    }

    /// The same call, with what it writes in the folder, and nothing of the caller's environment but where programs are.
    fn under(&self, tool: &str, options: &[&str], file: &Path, rustc: &Path, folder: &Path) -> Result<Command> {
        let mut arguments = self.arguments.clone();
        let out = arguments.iter().position(|argument| argument == "--out-dir").map(|flag| flag + 1);
        let out = out.and_then(|value| arguments.get_mut(value)).ok_or("the compiler's call has no `--out-dir`")?;
        *out = folder.join("out").display().to_string();
        fs::create_dir_all(folder.join("out"))?;
        let mut command = Command::new("valgrind");
        command.arg(format!("--tool={tool}")).arg(format!("--{tool}-out-file={}", file.display())).args(options);
        command.arg(rustc).args(arguments).current_dir(folder).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        // The compiler's allocator gives memory back to the system as time goes by. A call that is slowed down thirty
        // times would do what the real one does not, and each time another number of times.
        command.env("MALLOC_CONF", "dirty_decay_ms:-1,muzzy_decay_ms:-1");
        Ok(command)
    }
}

/// The words of a line as a shell would read it that was written by cargo: only with single quotes and backslashes.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (character, words.last_mut()) {
            ('\'', _) => is_quoted = !is_quoted,
            (' ', _) if !is_quoted => words.push(String::new()),
            ('\\', Some(word)) if !is_quoted => word.extend(characters.next()),
            (character, Some(word)) => word.push(character),
            (_, None) => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// All subjects of these kinds, shapes and sizes.
pub(crate) fn subjects(kinds: &[Kind], shapes: &[Shape], sizes: &[usize]) -> Vec<Subject> {
    let of_kind =
        |kind: Kind| shapes.iter().flat_map(move |shape| sizes.iter().map(move |types| (kind, *shape, *types)));
    kinds.iter().flat_map(|kind| of_kind(*kind)).map(|(kind, shape, types)| Subject { kind, shape, types }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "   Compiling pinsight v0.1.0\n     Running `CARGO=/c rustc --crate-name other src/lib.rs`\n     \
                        Running `CARGO=/c/cargo NAME='two words' /t/bin/rustc --crate-name measured --check-cfg \
                        'cfg(a, values(\"it'\\''s\"))' --out-dir /t/deps src/lib.rs`\n    Finished\n";

    #[test]
    fn reads_the_call_of_the_measured_crate() {
        let call = Call::read(SAID, Path::new("/t/bin/rustc")).unwrap();
        let variables = [("CARGO", "/c/cargo"), ("NAME", "two words")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(call.variables, variables);
        let arguments = ["--crate-name", "measured", "--check-cfg", "cfg(a, values(\"it's\"))"];
        assert_eq!(call.arguments[..4], arguments);
        assert_eq!(call.arguments[4..], ["--out-dir", "/t/deps", "src/lib.rs"]);
    }

    #[test]
    fn refuses_what_is_not_such_a_call() {
        for (said, rustc) in [("", "/t/bin/rustc"), (SAID, "/another/rustc")] {
            assert!(Call::read(said, Path::new(rustc)).is_err());
        }
    }
}
