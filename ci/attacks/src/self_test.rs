//! Takes the guards out of a copy of the engine, one at a time: each time something has to survive that did not before.
//!
//! `guards.txt` says what a guard is by its text in the source, so that a guard that was moved is still found, and one that is gone
//! is noticed.

use crate::Result;
use crate::engine::Engine;
use crate::options::Options;
use crate::progress::Progress;
use crate::report;
use crate::session::Session;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A guard: in each of these files, a text and what to put there instead.
struct Guard {
    name: String,
    /// The families that have to notice.
    families: Vec<String>,
    edits: Vec<Edit>,
}

struct Edit {
    file: PathBuf,
    text: String,
    instead: String,
}

/// Reads
///
/// ```text
/// == name of the guard (family, family)
/// -- file
/// text
/// -- instead
/// other text
/// ```
///
/// with as many pairs of a file and an `instead` as it takes.
fn read(text: &str) -> Result<Vec<Guard>> {
    let mut guards = Vec::new();
    for part in text.split("\n== ").skip(1) {
        let (title, body) = part.split_once('\n').ok_or("a guard without a body")?;
        let (name, families) =
            title.trim().trim_end_matches(')').split_once(" (").ok_or_else(|| format!("no families: {title}"))?;
        let mut edits = Vec::new();
        let mut sections = body.split("\n-- ").map(|section| section.strip_prefix("-- ").unwrap_or(section));
        while let Some(section) = sections.next() {
            let (file, text) = section.split_once('\n').ok_or_else(|| format!("{name}: a file without a text"))?;
            let instead = sections.next().and_then(|section| section.strip_prefix("instead"));
            let instead = instead.ok_or_else(|| format!("{name}: {file}: no `-- instead`"))?;
            let [text, instead] = [text, instead].map(|text| text.trim_matches('\n').to_owned());
            edits.push(Edit { file: file.trim().into(), text, instead });
        }
        let families = families.split(',').map(|family| family.trim().to_owned()).collect();
        guards.push(Guard { name: name.to_owned(), families, edits });
    }
    Ok(guards)
}

pub(crate) fn run(root: &Path, scratch: &Path, options: &Options) -> Result<bool> {
    let mut guards = read(&fs::read_to_string(root.join("ci/attacks/guards.txt"))?)?;
    guards.retain(|guard| guard.name.contains(options.guard.as_deref().unwrap_or_default()));
    let families: BTreeSet<String> = guards.iter().flat_map(|guard| guard.families.iter().cloned()).collect();
    let families: Vec<String> = families.into_iter().collect();
    let mut failed = Vec::new();
    // What today's engine lets through says nothing about a guard.
    let copy = scratch.join("copy");
    let intact = survivors(&copy_of(root, &copy, None)?, root, scratch, options, &families)?;
    println!("intact: {} kinds of survivors", intact.len());
    for guard in &guards {
        let source = match copy_of(root, &copy, Some(guard)) {
            Ok(source) => source,
            Err(error) => {
                println!("FAILED {}: {error}", guard.name);
                failed.push(&guard.name);
                continue;
            }
        };
        let found = survivors(&source, root, scratch, options, &guard.families)?;
        let new: Vec<&String> = found.difference(&intact).collect();
        match &new[..] {
            [] => {
                println!("FAILED {}: nothing survives without it", guard.name);
                failed.push(&guard.name);
            }
            [first, ..] => println!("ok     {}: {} kinds survive without it, as {first}", guard.name, new.len()),
        }
    }
    println!("{} guards; without {} of them something survives", guards.len(), guards.len() - failed.len());
    Ok(failed.is_empty() && !guards.is_empty())
}

/// A copy of what the engine consists of, without the guard.
fn copy_of(root: &Path, copy: &Path, guard: Option<&Guard>) -> Result<PathBuf> {
    if copy.exists() {
        fs::remove_dir_all(copy)?;
    }
    for part in ["macros/src", "src"] {
        copy_folder(&root.join(part), &copy.join(part))?;
    }
    // The documentation of the facade is in its folder.
    for file in fs::read_dir(root)? {
        let file = file?;
        if file.path().extension().is_some_and(|extension| extension == "md") {
            fs::copy(file.path(), copy.join(file.file_name()))?;
        }
    }
    for edit in guard.iter().flat_map(|guard| &guard.edits) {
        let path = copy.join(&edit.file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", edit.file.display()))?;
        if text.matches(&edit.text).count() != 1 {
            return Err(format!(
                "{} has this {} times, not once; guards.txt has to say what the guard is now:\n{}",
                edit.file.display(),
                text.matches(&edit.text).count(),
                edit.text
            )
            .into());
        }
        fs::write(&path, text.replace(&edit.text, &edit.instead))?;
    }
    Ok(copy.to_owned())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy_folder(&from, &to)? } else { fs::copy(&from, &to).map(|_| ())? }
    }
    Ok(())
}

/// The kinds of what survives on this engine.
fn survivors(
    source: &Path,
    root: &Path,
    scratch: &Path,
    options: &Options,
    families: &[String],
) -> Result<BTreeSet<String>> {
    let scratch = scratch.join("self-test");
    let engine = Engine::build(source, root, &scratch)?;
    let progress = Progress::new();
    let session = Session::new(&engine, &scratch, options.jobs, &progress)?;
    let options = Options { quick: true, only: families.to_vec(), guard: None, ..*options };
    let judged = session.judge(session.programs(&options, root, &progress)?, &options, &progress);
    Ok(report::survivors(&judged).into_keys().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_have_files_and_texts() {
        let guards = read("# comment\n\n== first (plain, names)\n-- a.rs\nold\ntext\n-- instead\nnew\n-- b.rs\nx\n-- instead\n\n== second (later)\n-- c.rs\ny\n-- instead\nz\n").unwrap();
        assert_eq!(guards.len(), 2);
        assert_eq!(guards[0].families, ["plain", "names"]);
        let [first, second] = &guards[0].edits[..] else { panic!("two edits") };
        assert_eq!((first.text.as_str(), first.instead.as_str()), ("old\ntext", "new"));
        assert_eq!((second.file.to_str(), second.instead.as_str()), (Some("b.rs"), ""));
    }
}
