//! Attacks that somebody has written by hand, each in a file of `known/` that is named after what it shows. None may compile. The edition is 2024, unless the first line says 2015.

use crate::Result;
use crate::item::Door;
use crate::program::{Payload, Program};
use std::fs;
use std::path::Path;

pub(crate) const FAMILY: &str = "known by hand";

pub(crate) fn programs(folder: &Path) -> Result<Vec<Program>> {
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort_unstable();
    let program = |file: &std::path::PathBuf| -> Result<Program> {
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let attack = fs::read_to_string(file)?;
        Ok(Program {
            family: FAMILY,
            template: name.clone(),
            name,
            door: Door::Derive,
            edition: if attack.starts_with("// edition 2015") { "2015" } else { "2024" },
            redirects: vec![],
            alone: true,
            features: "",
            payload: Payload::Accepted,
            attack,
            // There is no general way to take the trick out; that the file was accepted once is what makes it one.
            control: String::new(),
            teeth: String::new(),
            harmless: None,
            drops: 0,
        })
    };
    files.iter().map(program).collect()
}
