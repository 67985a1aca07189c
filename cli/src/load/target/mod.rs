//! Finds the one target that the flags mean.

use anyhow::Result;

use super::metadata::{Metadata, Package, Target};
use crate::arguments::Input;
use crate::error::Usage;

/// Which of the targets is read.
pub(crate) struct Chosen<'m> {
    pub(crate) package: &'m Package,
    pub(crate) target: &'m Target,
}

impl Chosen<'_> {
    pub(crate) fn name(&self) -> &str {
        &self.target.name
    }

    /// Cargo's flags for it.
    pub(super) fn flags(&self) -> Vec<String> {
        let mut flags = vec!["-p".to_owned(), self.package.name.clone()];
        match &*self.target.kind {
            _ if self.target.is_library() => flags.push("--lib".into()),
            [kind, ..] => flags.extend([format!("--{kind}"), self.target.name.clone()]),
            [] => {}
        }
        flags
    }
}

enum Wanted<'a> {
    /// No flag names a target.
    Program,
    Library,
    /// A kind, and a name; without a name, of any.
    Kind(&'static str, &'a str),
}

impl Wanted<'_> {
    fn of(input: &Input) -> Wanted<'_> {
        let kinds = [("bin", &input.bin), ("example", &input.example), ("test", &input.test), ("bench", &input.bench)];
        match kinds.into_iter().find_map(|(kind, name)| Some((kind, name.as_deref()?))) {
            Some((kind, name)) => Wanted::Kind(kind, name),
            None if input.lib => Wanted::Library,
            None => Wanted::Program,
        }
    }

    fn fits(&self, target: &Target) -> bool {
        match self {
            Wanted::Program => target.is("bin") || target.is_library(),
            Wanted::Library => target.is_library(),
            Wanted::Kind(kind, name) => target.is(kind) && (name.is_empty() || *name == target.name),
        }
    }
}

/// The one target that the flags mean. If there are several, the error lists the flags for each.
pub(crate) fn choose<'m>(metadata: &'m Metadata, input: &Input) -> Result<Chosen<'m>> {
    let wanted = Wanted::of(input);
    let packages = packages(metadata, input, &wanted)?;
    let of_packages = |packages: &[&'m Package], wanted: &Wanted<'_>| -> Vec<Chosen<'m>> {
        let all = packages.iter().flat_map(|package| package.targets.iter().map(|target| Chosen { package, target }));
        all.filter(|chosen| wanted.fits(chosen.target)).collect()
    };
    let mut found = of_packages(&packages, &wanted);
    // A package with one binary beside its library means the binary: it has all of the library that it uses.
    let binaries = found.iter().filter(|chosen| chosen.target.is("bin")).count();
    if matches!(wanted, Wanted::Program) && binaries == 1 {
        found.retain(|chosen| chosen.target.is("bin"));
    }
    if found.len() > 1 {
        let message = "there are several targets, and one is read at a time";
        return Err(Usage::error(message, format!("choose one:\n{}", lines(&found))));
    }
    if let Some(only) = found.pop() {
        return Ok(only);
    }
    let everywhere: Vec<&Package> = metadata.packages.iter().collect();
    let (missing, mut others) = match wanted {
        Wanted::Kind(kind, name) => {
            let mut others = of_packages(&everywhere, &Wanted::Kind(kind, ""));
            others.sort_by_key(|other| strsim::damerau_levenshtein(other.name(), name));
            (format!("no such target: no {kind} `{name}`"), others)
        }
        Wanted::Library => ("no such target: no library".to_owned(), of_packages(&everywhere, &Wanted::Library)),
        Wanted::Program => ("no such target: no binary and no library".to_owned(), Vec::new()),
    };
    if others.is_empty() {
        for kind in ["bin", "example", "test", "bench"] {
            others.extend(of_packages(&everywhere, &Wanted::Kind(kind, "")));
        }
        others.extend(of_packages(&everywhere, &Wanted::Library));
    }
    if others.is_empty() {
        return Err(Usage::error(missing, "only binaries, libraries, examples, tests and benchmarks are read"));
    }
    Err(Usage::error(missing, format!("the workspace has:\n{}", lines(&others))))
}

/// The one target that a flag names; without such a flag all targets of the packages that are meant.
pub(crate) fn choose_sources<'m>(metadata: &'m Metadata, input: &Input) -> Result<Vec<Chosen<'m>>> {
    let wanted = Wanted::of(input);
    if !matches!(wanted, Wanted::Program) {
        return Ok(vec![choose(metadata, input)?]);
    }
    let packages = packages(metadata, input, &wanted)?;
    let targets =
        packages.iter().flat_map(|package| package.targets.iter().map(move |target| Chosen { package, target }));
    Ok(targets.collect())
}

/// The packages whose targets are looked at.
fn packages<'m>(metadata: &'m Metadata, input: &Input, wanted: &Wanted<'_>) -> Result<Vec<&'m Package>> {
    let all = metadata.packages.iter();
    let Some(spec) = &input.package else {
        let is_default = |package: &&Package| {
            metadata.workspace_default_members.is_empty() || metadata.workspace_default_members.contains(&package.id)
        };
        let default: Vec<&Package> = all.clone().filter(is_default).collect();
        let is_there = default.iter().any(|package| package.targets.iter().any(|target| wanted.fits(target)));
        // A target with a name is looked for in the other packages too: it says enough.
        let is_named = matches!(wanted, Wanted::Kind(_, name) if !name.is_empty());
        return Ok(if is_named && !is_there { all.collect() } else { default });
    };
    // `name` and `name@version`, and the id that cargo prints.
    let name = spec.split_once('@').map_or(&**spec, |(name, _)| name);
    let found: Vec<&Package> = all.clone().filter(|package| package.name == name || package.id == *spec).collect();
    if found.is_empty() {
        let mut names: Vec<&str> = all.map(|package| &*package.name).collect();
        names.sort_by_key(|other| strsim::damerau_levenshtein(other, name));
        return Err(Usage::error(
            format!("no package `{spec}` in the workspace"),
            format!("it has `{}`", names.join("`, `")),
        ));
    }
    Ok(found)
}

/// The flags for each, a line each.
fn lines(targets: &[Chosen<'_>]) -> String {
    const MOST: usize = 20;
    let mut lines: Vec<String> =
        targets.iter().take(MOST).map(|chosen| format!("  {}", chosen.flags().join(" "))).collect();
    if targets.len() > MOST {
        lines.push(format!("  and {} more", targets.len() - MOST));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests;
