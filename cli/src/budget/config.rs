//! The configuration of the budgets, in `pinsight.toml` or in the metadata of `Cargo.toml`.
//!
//! ```toml
//! [[budget]]
//! path = "app::handlers::*"     # a part of the path; `*` stands for anything
//! max-size = "2 KiB"            # or a number of bytes
//! self-references = "deny"      # no certain reference of a machine into itself
//! max-growth = "5 %"            # or "64 bytes", since the baseline
//! ```

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    #[serde(default)]
    pub(crate) budget: Vec<Budget>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Budget {
    pub(crate) path: String,
    pub(crate) max_size: Option<Size>,
    pub(crate) self_references: Option<Deny>,
    pub(crate) max_growth: Option<Growth>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Deny {
    Deny,
}

/// In bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) u64);

/// What may be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Growth {
    Bytes(u64),
    Percent(u64),
}

#[derive(Deserialize)]
struct Manifest {
    package: Option<Section>,
    workspace: Option<Section>,
}

#[derive(Deserialize)]
struct Section {
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    pinsight: Option<Config>,
}

impl Config {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| anyhow!("{error}"))
    }

    /// The budgets of a workspace: of `pinsight.toml`, and of the metadata of its manifests.
    pub(crate) fn of_workspace(root: &Path, manifests: &[&Path]) -> Result<Self> {
        let mut config = Config::default();
        let file = root.join("pinsight.toml");
        if file.exists() {
            let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
            config = Config::parse(&text).with_context(|| format!("`{}` is not understood", file.display()))?;
        }
        let own = root.join("Cargo.toml");
        let mut paths: Vec<&Path> = manifests.to_vec();
        if own.exists() && !paths.contains(&&*own) {
            paths.push(&own);
        }
        for path in paths {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            let manifest: Manifest = toml::from_str(&text)
                .map_err(|error| anyhow!("{error}"))
                .with_context(|| format!("the metadata in `{}` is not understood", path.display()))?;
            let sections = [manifest.package, manifest.workspace].into_iter().flatten();
            let found = sections.filter_map(|section| section.metadata?.pinsight);
            config.budget.extend(found.flat_map(|found| found.budget));
        }
        Ok(config)
    }
}

impl Growth {
    pub(crate) fn bytes(self, before: u64) -> u64 {
        match self {
            Growth::Bytes(bytes) => bytes,
            Growth::Percent(percent) => before.saturating_mul(percent) / 100,
        }
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Growth::Bytes(bytes) => write!(f, "{bytes} bytes"),
            Growth::Percent(percent) => write!(f, "{percent} %"),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes >= 1024 && bytes % 1024 == 0 => write!(f, "{} KiB ({bytes} bytes)", bytes / 1024),
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}

/// `2048`, `"2 KiB"`, `"2048 bytes"`.
fn size(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u64 = text[..digits].parse().ok()?;
    let factor = match text[digits..].trim() {
        "" | "B" | "byte" | "bytes" => 1,
        "KiB" => 1024,
        "MiB" => 1024 * 1024,
        "kB" => 1000,
        _ => return None,
    };
    number.checked_mul(factor)
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(u64),
    Text(String),
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EXPECTED: &str = "expected a size, such as 2048 or \"2 KiB\"";
        match Written::deserialize(deserializer).map_err(|_| D::Error::custom(EXPECTED))? {
            Written::Number(bytes) => Ok(Size(bytes)),
            Written::Text(text) => size(&text).map(Size).ok_or_else(|| D::Error::custom(EXPECTED)),
        }
    }
}

impl<'de> Deserialize<'de> for Growth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EXPECTED: &str = "expected a growth, such as \"5 %\" or \"64 bytes\"";
        let text = match Written::deserialize(deserializer).map_err(|_| D::Error::custom(EXPECTED))? {
            Written::Number(bytes) => return Ok(Growth::Bytes(bytes)),
            Written::Text(text) => text,
        };
        let growth = match text.trim().strip_suffix('%') {
            Some(percent) => percent.trim().parse().ok().map(Growth::Percent),
            None => size(&text).map(Growth::Bytes),
        };
        growth.ok_or_else(|| D::Error::custom(EXPECTED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_growths() {
        let config = "[[budget]]\npath = \"a\"\nmax-size = \"3 KiB\"\nmax-growth = \"7 %\"\n";
        let budget = &Config::parse(config).unwrap().budget[0];
        assert_eq!((budget.max_size, budget.max_growth), (Some(Size(3072)), Some(Growth::Percent(7))));
        assert_eq!(Growth::Percent(10).bytes(205), 20);
    }

    #[test]
    fn mistakes_say_the_line_and_what_to_write() {
        let wrong = |line: &str| Config::parse(&format!("[[budget]]\npath = \"a\"\n{line}\n")).unwrap_err().to_string();
        assert!(wrong("max-size = \"2 furlongs\"").contains("expected a size, such as 2048 or \"2 KiB\""));
        assert!(wrong("max-size = \"2 furlongs\"").contains("line 3"));
        assert!(wrong("maxsize = 1").contains("unknown field `maxsize`"));
        assert!(wrong("self-references = \"forbid\"").contains("deny"));
        assert!(wrong("max-growth = true").contains("expected a growth"));
    }
}
