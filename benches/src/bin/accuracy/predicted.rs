//! The other side: what is predicted of a package's sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pinsight_lowering::{Edition, Prediction, Source};
use pinsight_machine::StateKind;

use crate::configured::{Settings, configured};
use crate::facts::{Body, Package};
use crate::{Result, shape};

/// One file of a package.
pub(crate) struct File {
    pub(crate) lines: Vec<String>,
    pub(crate) bodies: Vec<Body>,
    /// Why nothing is predicted of it.
    pub(crate) error: Option<String>,
}

/// Predicts every file that has a body of the compiler: what `#[cfg]` leaves of it, or the whole text.
pub(crate) fn files(package: &Package, as_written: bool) -> Result<BTreeMap<String, File>> {
    let edition = match package.edition {
        2015 => Edition::E2015,
        2018 => Edition::E2018,
        2021 => Edition::E2021,
        _ => Edition::E2024,
    };
    let mut texts = Vec::new();
    for entry in walk(&Path::new(&package.folder).join("src")) {
        let text = fs::read_to_string(&entry)?;
        texts.push(if as_written { text } else { configured(&text, &Settings::of(&package.settings)) });
    }
    let known = pinsight_lowering::Package::new(texts.iter().map(String::as_str), None);
    let mut files = BTreeMap::new();
    for body in &package.bodies {
        if files.contains_key(&body.file) {
            continue;
        }
        let path = Path::new(&package.folder).join(&body.file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let text = if as_written { text } else { configured(&text, &Settings::of(&package.settings)) };
        let source = Source { file: body.file.clone(), edition };
        let (bodies, error) = match known.predict_file(&text, &source) {
            Ok(predictions) => {
                let mut bodies = Vec::new();
                predictions.iter().for_each(|prediction| flatten(prediction, &body.file, &mut bodies));
                (bodies, None)
            }
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        files.insert(body.file.clone(), File { lines: text.lines().map(str::to_owned).collect(), bodies, error });
    }
    Ok(files)
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn flatten(prediction: &Prediction, file: &str, bodies: &mut Vec<Body>) {
    let machine = &prediction.machine;
    let within = shape::Within { file, folder: "", lines: 0..=u32::MAX };
    let captured = machine.state(StateKind::Unresumed).map(|state| state.slots.iter());
    bodies.push(Body {
        path: machine.path.to_string(),
        kind: machine.kind.to_string(),
        file: file.to_owned(),
        line: machine.location.as_ref().map_or(0, |location| location.line),
        end: 0,
        captured: captured.into_iter().flatten().map(|slot| slot.name.to_string()).collect(),
        suspends: machine.suspend_states().map(|state| shape::suspend(state, &within)).collect(),
        knows_references: true,
        opaque: prediction.opaque.iter().map(|opaque| opaque.path.clone()).collect(),
    });
    prediction.children.iter().for_each(|child| flatten(child, file, bodies));
}
