//! Finds the machine that a path on the command line means.

use anyhow::Result;
use pinsight_machine::Machine;

use crate::error::Usage;

/// The instances of the one machine that the path means: exactly, by its last segments, or by a part. It is one of `machines`
/// if any of them fits, and else one of `others`.
pub(crate) fn find<'m>(machines: &[&'m Machine], others: &[&'m Machine], path: &str) -> Result<Vec<&'m Machine>> {
    let wanted = normal(path);
    if wanted.is_empty() {
        return Err(Usage::error("the path is empty", "write the path of a machine, or a part of one"));
    }
    if let Some(found) = matching(machines, path, &wanted).or_else(|| matching(others, path, &wanted)) {
        return found;
    }
    let near = nearest(if machines.is_empty() { others } else { machines }, &wanted);
    let help = if near.is_empty() {
        "there are no machines to choose from: build a target that makes some, such as a binary or a test".to_owned()
    } else {
        format!("did you mean one of these?\n  {}", near.join("\n  "))
    };
    Err(Usage::error(format!("no machine `{path}`"), help))
}

/// `None` if no machine fits.
fn matching<'m>(machines: &[&'m Machine], path: &str, wanted: &str) -> Option<Result<Vec<&'m Machine>>> {
    let levels: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == wanted, &|name| ends_with(name, wanted), &|name| name.contains(wanted)];
    for level in levels {
        let found: Vec<&Machine> =
            machines.iter().copied().filter(|machine| names(machine).iter().any(|name| level(name))).collect();
        let mut paths: Vec<&str> = found.iter().map(|machine| &*machine.path).collect();
        paths.sort_unstable();
        paths.dedup();
        match paths.len() {
            0 => {}
            1 => return Some(Ok(found)),
            _ => {
                let list = paths.iter().take(20).map(|path| format!("  {path}")).collect::<Vec<_>>().join("\n");
                let more = if paths.len() > 20 { format!("\n  and {} more", paths.len() - 20) } else { String::new() };
                let message = format!("`{path}` can be one of {} machines", paths.len());
                return Some(Err(Usage::error(message, format!("write more of the path:\n{list}{more}"))));
            }
        }
    }
    None
}

/// What a machine is called: its path, that of the instance, and that with short type arguments, as `list` prints it.
fn names(machine: &Machine) -> [String; 3] {
    [normal(&machine.path), normal(&machine.full_name().to_string()), normal(&machine.short_name())]
}

/// Spaces say nothing in a path.
fn normal(path: &str) -> String {
    path.chars().filter(|character| !character.is_whitespace()).collect()
}

fn ends_with(path: &str, wanted: &str) -> bool {
    let Some(before) = path.strip_suffix(wanted) else { return false };
    before.is_empty() || before.ends_with("::") || before.ends_with('<')
}

fn nearest<'m>(machines: &[&'m Machine], wanted: &str) -> Vec<&'m str> {
    let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
    let mut scored: Vec<(usize, &str)> = machines
        .iter()
        .map(|machine| (strsim::damerau_levenshtein(&last(&machine.path), &last(wanted)), &*machine.path))
        .collect();
    scored.sort_unstable();
    scored.dedup();
    scored.into_iter().take(5).map(|(_, path)| path).collect()
}

/// Whether a path fits a pattern: it contains it, and `*` stands for anything.
pub(crate) fn matches_pattern(path: &str, pattern: &str) -> bool {
    let mut rest = path;
    for part in pattern.split('*').filter(|part| !part.is_empty()) {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::MachineKind;

    fn machine(path: &'static str) -> Machine {
        Machine { path: path.into(), ..Machine::new(MachineKind::AsyncFn) }
    }

    fn found(path: &str) -> String {
        let machines = [
            machine("app::Server::run"),
            machine("app::run"),
            machine("app::tick"),
            machine("<app::S as app::Go>::go"),
            machine("dep::Client::send"),
            machine("dep::tick"),
            Machine { type_arguments: vec!["alloc::string::String".into()].into(), ..machine("app::hold") },
            Machine { type_arguments: vec!["u8".into()].into(), ..machine("app::hold") },
        ];
        let machines: Vec<&Machine> = machines.iter().collect();
        let own: Vec<&Machine> =
            machines.iter().copied().filter(|machine| !machine.path.starts_with("dep::")).collect();
        match find(&own, &machines, path) {
            Ok(found) => found.iter().map(|machine| machine.short_name()).collect::<Vec<_>>().join(" and "),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_end_of_a_path_is_enough() {
        assert_eq!(found("tick"), "app::tick");
        assert_eq!(found("Server::run"), "app::Server::run");
        assert_eq!(found("app::run"), "app::run");
        assert_eq!(found("go"), "<app::S as app::Go>::go");
        assert_eq!(found("< app::S as app::Go >::go"), "<app::S as app::Go>::go");
    }

    #[test]
    fn one_instance_can_be_chosen_as_it_is_listed() {
        assert_eq!(found("hold"), "app::hold<String> and app::hold<u8>");
        assert_eq!(found("hold<String>"), "app::hold<String>");
        assert_eq!(found("app::hold<alloc::string::String>"), "app::hold<String>");
    }

    #[test]
    fn a_dependency_is_meant_if_nothing_of_the_workspace_fits() {
        assert_eq!(found("tick"), "app::tick");
        assert_eq!(found("Client::send"), "dep::Client::send");
        assert_eq!(found("dep::tick"), "dep::tick");
    }

    #[test]
    fn an_ambiguous_path_lists_what_it_can_be() {
        assert_eq!(
            found("run"),
            "`run` can be one of 2 machines\nhelp: write more of the path:\n  app::Server::run\n  app::run"
        );
    }

    #[test]
    fn a_misspelt_path_lists_what_is_near() {
        assert!(found("tikc").starts_with("no machine `tikc`\nhelp: did you mean one of these?\n  app::tick"));
    }

    #[test]
    fn patterns() {
        assert!(matches_pattern("app::handlers::create", "handlers"));
        assert!(matches_pattern("app::handlers::create", "app*create"));
        assert!(!matches_pattern("app::handlers::create", "create*app"));
    }
}
