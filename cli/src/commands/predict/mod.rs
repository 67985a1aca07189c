//! `predict`: machines from their source, without a build.

mod edition;
mod files;
mod package;
mod print;
mod syntax_error;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use pinsight_lowering::{Edition, Package, Prediction, Source};
use pinsight_machine::Machine;
use pinsight_machine::views::shown_file;

use self::syntax_error::SyntaxError;
use crate::arguments::{Input, Output, Predict};
use crate::error::{Failure, Usage};
use crate::load::find;

/// A file that is read.
struct SourceFile {
    /// Absolute.
    path: PathBuf,
    edition: Edition,
    /// What comes before the paths of its functions; empty for a file that is read alone.
    module: String,
}

/// What is read.
struct Sources {
    files: Vec<SourceFile>,
    /// Whose definitions are known to the files, besides their own.
    definitions: Vec<PathBuf>,
    /// The path of the one machine that is meant, if it is one.
    path: Option<String>,
    /// The folder that locations are shown relative to.
    root: String,
    /// What is read, as the user calls it.
    title: String,
}

pub(super) fn run(arguments: &Predict, input: &Input, output: &Output, color: &str) -> Result<ExitCode> {
    let edition = arguments.edition.as_deref().map(edition::named);
    let sources = match &arguments.source {
        Some(source) => one_file(source, edition)?,
        None => package::sources(input, edition, color)?,
    };
    let texts = read(&sources)?;
    let definitions: Vec<String> = sources
        .definitions
        .iter()
        .filter(|path| sources.files.iter().all(|file| file.path != **path))
        // They are only there to know more.
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    let package = Package::new(texts.iter().chain(&definitions).map(String::as_str), None);
    let (mut predictions, mut is_whole) = (Vec::new(), true);
    for (file, text) in sources.files.iter().zip(&texts) {
        let source = Source { file: file.path.display().to_string(), edition: file.edition };
        match package.predict_file(text, &source) {
            Ok(found) => predictions.extend(found.into_iter().map(|found| below(found, &file.module))),
            Err(error) => {
                is_whole = false;
                let (start, end) = (error.span().start(), error.span().end());
                let message = error.to_string();
                let error = SyntaxError { message, start: (start.line, start.column), end: (end.line, end.column) };
                syntax_error::print(&error, text, &file.path, &sources.root);
            }
        }
    }
    // Nothing is left to show of a single file.
    if !is_whole && predictions.is_empty() {
        return Ok(ExitCode::from(101));
    }
    number(&mut predictions);
    print::print(&choose(&predictions, &sources)?, &sources, arguments, output)?;
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(101) })
}

/// `FILE`, or `FILE::path`.
fn one_file(asked: &str, edition: Option<Edition>) -> Result<Sources> {
    let (file, path) = split(asked);
    let file = Path::new(file);
    if file.is_dir() {
        let help = "name a file, or leave it out for the sources of the package";
        return Err(Usage::error(format!("`{}` is a folder", file.display()), help));
    }
    if !file.exists() && file.extension().is_none() {
        let message = format!("there is no file `{}`", file.display());
        return Err(Usage::error(message, "name a file of Rust source: `src/main.rs`, or `src/main.rs::function`"));
    }
    let whole = std::path::absolute(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let manifest = edition::nearest_manifest(&whole);
    let edition = match (edition, &manifest) {
        (Some(edition), _) => edition,
        (None, Some(manifest)) => edition::of_package(manifest)?,
        (None, None) => Edition::default(),
    };
    let source_folder = manifest.as_deref().and_then(Path::parent).map(|folder| folder.join("src"));
    let current = std::env::current_dir().context("cannot tell the current folder")?;
    Ok(Sources {
        files: vec![SourceFile { path: whole, edition, module: String::new() }],
        definitions: source_folder.map(|folder| files::below(&folder, &[])).unwrap_or_default(),
        path: path.map(str::to_owned),
        root: current.display().to_string(),
        title: file.display().to_string(),
    })
}

/// Names of files may have `::` in them too.
fn split(asked: &str) -> (&str, Option<&str>) {
    let all = || asked.match_indices("::").map(|(at, _)| (&asked[..at], Some(&asked[at + 2..])));
    if Path::new(asked).is_file() {
        return (asked, None);
    }
    let exists = all().find(|(file, _)| Path::new(file).is_file());
    exists.or_else(|| all().find(|(file, _)| file.ends_with(".rs"))).or_else(|| all().next()).unwrap_or((asked, None))
}

fn read(sources: &Sources) -> Result<Vec<String>> {
    const HELP: &str = "name a file of Rust source";
    let read = |file: &SourceFile| {
        let shown = file.path.display().to_string();
        let shown = shown_file(&shown, &sources.root);
        match std::fs::read(&file.path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(text),
                Err(_) => bail!(Failure::new(format!("cannot read `{shown}`: it is not UTF-8"), HELP)),
            },
            Err(error) => Err(error).context(Failure::new(format!("cannot read `{shown}`"), HELP)),
        }
    };
    sources.files.iter().map(read).collect()
}

/// With the module in front of all paths.
fn below(mut prediction: Prediction, module: &str) -> Prediction {
    if !module.is_empty() {
        prediction.machine.path = format!("{module}::{}", prediction.machine.path).into();
        prediction.children = prediction.children.into_iter().map(|child| below(child, module)).collect();
    }
    prediction
}

/// Gives each machine an id of its own: its path, which several have where only one of them is compiled.
fn number(predictions: &mut [Prediction]) {
    fn visit(predictions: &mut [Prediction], known: &mut std::collections::BTreeMap<String, usize>) {
        for prediction in predictions {
            let path = prediction.machine.path.to_string();
            let count = known.entry(path.clone()).or_default();
            prediction.machine.id = if *count == 0 { path.into() } else { format!("{path}#{count}").into() };
            *count += 1;
            visit(&mut prediction.children, known);
        }
    }
    visit(predictions, &mut std::collections::BTreeMap::new());
}

/// The machines that are asked for, each followed by its children.
fn choose<'p>(predictions: &'p [Prediction], sources: &Sources) -> Result<Vec<&'p Machine>> {
    let all: Vec<&Prediction> = predictions.iter().flat_map(with_children).collect();
    let machines: Vec<&Machine> = all.iter().map(|prediction| &prediction.machine).collect();
    let Some(path) = &sources.path else { return Ok(machines) };
    if machines.is_empty() {
        let help = format!("`{}` has no async function, block or closure", sources.title);
        return Err(Usage::error(format!("no machine `{path}`"), help));
    }
    let found = find::find(&machines, &machines, path)?;
    let is_found = |prediction: &&&Prediction| found.iter().any(|found| std::ptr::eq(*found, &prediction.machine));
    Ok(all.iter().filter(is_found).flat_map(|prediction| with_children(prediction)).map(|it| &it.machine).collect())
}

fn with_children(prediction: &Prediction) -> Vec<&Prediction> {
    std::iter::once(prediction).chain(prediction.children.iter().flat_map(with_children)).collect()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_file_ends_before_the_path_of_a_function() {
        assert_eq!(split("src/a.rs"), ("src/a.rs", None));
        assert_eq!(split("src/a.rs::b::c"), ("src/a.rs", Some("b::c")));
        assert_eq!(split("a::b.rs::c"), ("a::b.rs", Some("c")));
        assert_eq!(split("Cargo.toml::c"), ("Cargo.toml", Some("c")), "as it exists");
        assert_eq!(split("nothing::c"), ("nothing", Some("c")));
    }
}
