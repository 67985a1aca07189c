//! In which edition a file is written, by its manifest.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use pinsight_lowering::Edition;
use toml::{Table, Value};

use crate::error::Failure;

/// The manifest of the package of a file: the nearest in the folders around it that has a package.
pub(super) fn nearest_manifest(file: &Path) -> Option<PathBuf> {
    let manifests = file.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
    manifests.into_iter().find(|manifest| {
        // One that cannot be parsed is reported where its edition is read.
        std::fs::read_to_string(manifest)
            .is_ok_and(|text| text.parse::<Table>().map_or(true, |it| it.contains_key("package")))
    })
}

/// The edition of the package of a manifest.
pub(super) fn of_package(manifest: &Path) -> Result<Edition> {
    let table = read(manifest)?;
    let edition = match table.get("package").and_then(|package| package.get("edition")) {
        Some(Value::String(edition)) => Some(edition.clone()),
        Some(Value::Table(inherited)) if inherited.get("workspace") == Some(&Value::Boolean(true)) => {
            of_workspace(manifest)?
        }
        _ => None,
    };
    // As cargo does without one.
    Ok(edition.map_or(Edition::E2015, |edition| named(&edition)))
}

/// `workspace.package.edition` of the nearest manifest that has it.
fn of_workspace(manifest: &Path) -> Result<Option<String>> {
    for folder in manifest.ancestors().skip(1) {
        let manifest = folder.join("Cargo.toml");
        if !manifest.is_file() {
            continue;
        }
        let table = read(&manifest)?;
        let package = table.get("workspace").and_then(|workspace| workspace.get("package"));
        if let Some(Value::String(edition)) = package.and_then(|package| package.get("edition")) {
            return Ok(Some(edition.clone()));
        }
    }
    Ok(None)
}

fn read(manifest: &Path) -> Result<Table> {
    let wrong = || Failure::new(format!("cannot read the edition from `{}`", manifest.display()), "give `--edition`");
    let text = std::fs::read_to_string(manifest).with_context(wrong)?;
    // The parser's message has several lines; only the first is a message.
    let table = text.parse::<Table>().map_err(|error| anyhow::anyhow!("{}", error.message()));
    table.with_context(wrong)
}

/// An edition that comes after this program is read as the newest that it knows.
pub(super) fn named(edition: &str) -> Edition {
    match edition {
        "2015" => Edition::E2015,
        "2018" => Edition::E2018,
        "2021" => Edition::E2021,
        _ => Edition::E2024,
    }
}
