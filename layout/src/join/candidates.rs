//! The bodies in the MIR, and which of them a machine is.
//!
//! The compiler shortens a path in this text to its last name where no other item of the crate has that name, and keeps
//! what follows: `app::a::b::run` is `run`, or `b::run` where there is another `run`. So a body may be a machine's if its
//! path is the end of the machine's. Where several are, the longest is: had a shorter one been cut from the machine's
//! path, then the name that it begins with would be in the crate once, and the longer one, which has that name further
//! on, would have been cut as well. A function and a module may share a name, though, and a crate may come twice, so
//! that all else that both sides know is compared too. What is left in doubt is not joined.

use std::collections::{BTreeMap, BTreeSet};

use pinsight_machine::Machine;

use super::compare::{agrees, is_of_impl, is_of_kind, is_of_path, line_of_impl};
use super::shared_path::shared_path;
use crate::mir::MirMachine;

/// The bodies of all crates.
#[derive(Default)]
pub(crate) struct Candidates {
    all: Vec<MirMachine>,
    /// By the name of the crate, for each of its files: by the path that both sides share.
    files: BTreeMap<String, Vec<File>>,
}

/// What one file says.
#[derive(Default)]
struct File {
    /// The bodies by the path that both sides share.
    paths: BTreeMap<String, Vec<usize>>,
    /// The published packages in which its blocks and impl blocks stand.
    packages: BTreeSet<String>,
}

/// What the MIR has for a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The crate came without MIR.
    NoMir,
    /// The crate's MIR has no such path.
    Missing,
    /// What has the path is something else.
    Unfit,
    /// It could be one of several.
    Ambiguous,
    /// An index of [`Candidates::get`].
    Body(usize),
}

/// A body of one file, and others of shorter paths that it may have been taken for.
struct Found {
    body: usize,
    rivals: Vec<usize>,
}

impl Candidates {
    /// Adds what one file of a crate says.
    pub(crate) fn add(&mut self, crate_name: String, machines: Vec<MirMachine>) {
        let mut file = File::default();
        for machine in machines {
            file.packages.extend([&machine.header, &machine.self_type].into_iter().filter_map(|text| package(text)));
            file.paths.entry(shared_path(&machine.header).join("::")).or_default().push(self.all.len());
            self.all.push(machine);
        }
        self.files.entry(crate_name).or_default().push(file);
    }

    pub(crate) fn get(&self, index: usize) -> &MirMachine {
        &self.all[index]
    }

    /// For each machine, which body it is.
    pub(crate) fn choose(&self, machines: &[Machine]) -> Vec<Choice> {
        let mut whole = BTreeSet::new();
        let found: Vec<_> = machines.iter().map(|machine| self.in_files(machine, &mut whole)).collect();
        let mut choices: Vec<Choice> = found.into_iter().map(|found| self.one_of(found, &whole)).collect();

        // A body stands at one place: where it is chosen for two, one of the two is wrong.
        let mut lines: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for (machine, choice) in machines.iter().zip(&choices) {
            if let (Choice::Body(body), Some(location)) = (choice, &machine.location) {
                lines.entry(*body).or_default().insert(location.line);
            }
        }
        for choice in &mut choices {
            if let Choice::Body(body) = choice
                && lines.get(body).is_some_and(|lines| lines.len() > 1)
            {
                *choice = Choice::Ambiguous;
            }
        }
        choices
    }

    /// What each file of the machine's crate has for it. Notes in `whole` the bodies that have its whole path.
    fn in_files(&self, machine: &Machine, whole: &mut BTreeSet<usize>) -> Vec<Result<Found, Choice>> {
        let path = shared_path(&machine.id);
        let Some((crate_name, path)) = path.split_first() else { return Vec::new() };
        let files = self.files.get(crate_name).map(Vec::as_slice).unwrap_or_default();
        let package = machine.location.as_ref().and_then(|location| package(&location.file));
        // Another version has the same paths.
        let is_of_version =
            |file: &&File| package.as_ref().is_none_or(|one| file.packages.is_empty() || file.packages.contains(one));
        let in_file = |file: &File| {
            let mut longest: Option<Result<Found, Choice>> = None;
            for start in 0..path.len() {
                // A shortened path begins with the name of an item.
                if start > 0 && path[start].starts_with('{') {
                    continue;
                }
                let named = file.paths.get(&path[start..].join("::")).map(Vec::as_slice).unwrap_or_default();
                let named: Vec<usize> = named
                    .iter()
                    .copied()
                    .filter(|body| is_of_kind(machine.kind, self.get(*body)) && is_of_path(path, self.get(*body)))
                    .collect();
                match &mut longest {
                    _ if named.is_empty() => {}
                    None => {
                        let one = self.one_named(machine, &named);
                        if let (0, Ok(body)) = (start, &one) {
                            whole.insert(*body);
                        }
                        longest = Some(one.map(|body| Found { body, rivals: Vec::new() }));
                    }
                    // Only a function has closures, and of two functions the longer path tells which it is.
                    Some(Ok(_)) if path.get(start + 1).is_none_or(|next| next.starts_with("{closure#")) => {}
                    Some(Ok(found)) => {
                        found.rivals.extend(named.into_iter().filter(|body| agrees(machine, self.get(*body))));
                    }
                    Some(Err(_)) => {}
                }
            }
            longest.unwrap_or(Err(Choice::Missing))
        };
        files.iter().filter(is_of_version).map(in_file).collect()
    }

    /// Returns which of several bodies of one path is the machine's.
    fn one_named(&self, machine: &Machine, named: &[usize]) -> Result<usize, Choice> {
        let nearest = match named.len() {
            1 => None,
            _ => self.nearest_impl(machine, named),
        };
        let named = nearest.as_slice().iter().chain(if nearest.is_none() { named } else { &[] }).copied();
        let fitting: Vec<usize> = named.filter(|body| agrees(machine, self.get(*body))).collect();
        match fitting[..] {
            [] => Err(Choice::Unfit),
            [only] => Ok(only),
            // Impl blocks that one macro made stand at one place.
            _ => {
                let mut of_type = fitting.into_iter().filter(|body| is_of_impl(&machine.path, self.get(*body)));
                match (of_type.next(), of_type.next()) {
                    (Some(only), None) => Ok(only),
                    _ => Err(Choice::Ambiguous),
                }
            }
        }
    }

    /// Returns which of several functions of one name is in the impl block that begins nearest before the machine.
    fn nearest_impl(&self, machine: &Machine, named: &[usize]) -> Option<usize> {
        let begins = |body: &usize| line_of_impl(machine, self.get(*body));
        let nearest = named.iter().filter_map(begins).max()?;
        let mut those = named.iter().filter(|body| begins(body) == Some(nearest));
        match (those.next(), those.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    }

    /// Chooses among what the files of a crate have for a machine. `whole` are the bodies that are a machine by
    /// their whole paths, and so were not cut from another.
    fn one_of(&self, found: Vec<Result<Found, Choice>>, whole: &BTreeSet<usize>) -> Choice {
        let mut choice = Choice::NoMir;
        for found in found {
            let one = match found {
                Ok(Found { rivals, .. }) if rivals.iter().any(|rival| !whole.contains(rival)) => Choice::Ambiguous,
                Ok(Found { body, .. }) => Choice::Body(body),
                Err(other) => other,
            };
            choice = match (choice, one) {
                (Choice::Ambiguous, _) | (_, Choice::Ambiguous) => Choice::Ambiguous,
                // Two builds of one crate, in which the function is the same.
                (Choice::Body(first), Choice::Body(second)) if self.get(first) == self.get(second) => {
                    Choice::Body(first)
                }
                (Choice::Body(_), Choice::Body(_)) => Choice::Ambiguous,
                (Choice::Body(body), _) | (_, Choice::Body(body)) => Choice::Body(body),
                (Choice::Unfit, _) | (_, Choice::Unfit) => Choice::Unfit,
                (_, one) => one,
            };
        }
        choice
    }
}

/// `tokio-1.54.1` of a text with `…/registry/src/index.crates.io-…/tokio-1.54.1/src/…`.
fn package(text: &str) -> Option<String> {
    let (_, index) = text.split_once("/registry/src/")?;
    let (name, _) = index.split_once('/')?.1.split_once('/')?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use pinsight_machine::{Location, MachineKind};

    use super::*;

    fn body(path: &str) -> MirMachine {
        MirMachine {
            header: format!("{path}::{{closure#0}}"),
            self_type: format!("{{async fn body of {path}()}}"),
            ..MirMachine::default()
        }
    }

    fn machine(path: &str, line: u32) -> Machine {
        Machine {
            id: format!("app::{path}::{{async_fn_env#0}}").into(),
            location: Some(Location { file: "src/main.rs".into(), line, column: None }),
            ..Machine::new(MachineKind::AsyncFn)
        }
    }

    fn choose(files: &[&[&str]], machines: &[(&str, u32)]) -> Vec<Choice> {
        let mut bodies = Candidates::default();
        for file in files {
            bodies.add("app".to_owned(), file.iter().map(|path| body(path)).collect());
        }
        let machines: Vec<Machine> = machines.iter().map(|(path, line)| machine(path, *line)).collect();
        bodies.choose(&machines)
    }

    #[test]
    fn the_longest_path_is_chosen() {
        let chosen = choose(&[&["run", "m::run", "n::m::run"]], &[("run", 1), ("m::run", 2), ("o::n::m::run", 3)]);
        assert_eq!(chosen, [Choice::Body(0), Choice::Body(1), Choice::Body(2)]);
        assert_eq!(choose(&[&["run"]], &[("a::b::run", 1)]), [Choice::Body(0)]);
        assert_eq!(choose(&[&["xrun", "c::run"]], &[("a::b::run", 1)]), [Choice::Missing]);
        assert_eq!(choose(&[], &[("a::b::run", 1)]), [Choice::NoMir]);
    }

    #[test]
    fn a_body_is_at_one_place() {
        assert_eq!(choose(&[&["run"]], &[("run", 1), ("m::run", 9)]), [Choice::Ambiguous, Choice::Ambiguous]);
        // Two instances of a generic function.
        assert_eq!(choose(&[&["run"]], &[("m::run", 9), ("m::run", 9)]), [Choice::Body(0), Choice::Body(0)]);
    }

    #[test]
    fn two_builds_of_a_crate_have_to_say_the_same() {
        assert_eq!(choose(&[&["run"], &["run"]], &[("m::run", 1)]), [Choice::Body(0)]);
        assert_eq!(choose(&[&["run"], &["m::run"]], &[("m::run", 1)]), [Choice::Ambiguous]);
        assert_eq!(choose(&[&["run"], &["walk"]], &[("m::run", 1)]), [Choice::Body(0)]);
    }

    #[test]
    fn a_version_is_not_joined_with_another() {
        let folder = |version: &str| format!("/home/.cargo/registry/src/index/app-{version}/src/lib.rs");
        let mut bodies = Candidates::default();
        for version in ["1.0.0", "2.0.0"] {
            let block = format!("{{async block@{}:1:1: 1:9}}", folder(version));
            let line = MirMachine { self_type: block, ..body("other") };
            let run = MirMachine { unknown_lines: u64::from(version == "2.0.0"), ..body("run") };
            bodies.add("app".to_owned(), vec![line, run]);
        }
        let chosen = ["1.0.0", "2.0.0", "3.0.0"].map(|version| {
            let location = Some(Location { file: folder(version).into(), line: 1, column: None });
            bodies.choose(&[Machine { location, ..machine("m::run", 1) }]).remove(0)
        });
        assert_eq!(chosen, [Choice::Body(1), Choice::Body(3), Choice::NoMir]);
    }

    #[test]
    fn the_type_names_more_of_the_path() {
        let mut bodies = Candidates::default();
        let named = |self_type: &str| MirMachine { self_type: self_type.to_owned(), ..body("run") };
        bodies.add("app".to_owned(), vec![named("{async fn body of m::run()}"), named("{async fn body of n::run()}")]);
        assert_eq!(bodies.choose(&[machine("a::n::run", 1)]), [Choice::Body(1)]);
        assert_eq!(bodies.choose(&[machine("a::o::run", 1)]), [Choice::Missing]);
        bodies.add("app".to_owned(), vec![named("{async block@src/main.rs:1:1: 1:9}")]);
        assert_eq!(bodies.choose(&[machine("a::o::run", 1)]), [Choice::Missing]);
    }
}
