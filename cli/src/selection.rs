//! Finds the machine that a path on the command line means.

use anyhow::Result;
use pinsight_machine::Machine;

use crate::Usage;

/// The instances of the one machine that the path means: exactly, by its last segments, or by a part.
pub(crate) fn find<'m>(machines: &[&'m Machine], path: &str) -> Result<Vec<&'m Machine>> {
    let wanted = normal(path);
    let levels: [&dyn Fn(&Machine) -> bool; 3] = [
        &|machine| normal(&machine.path) == wanted || normal(&machine.full_name().to_string()) == wanted,
        &|machine| {
            ends_with(&normal(&machine.path), &wanted) || ends_with(&normal(&machine.full_name().to_string()), &wanted)
        },
        &|machine| normal(&machine.full_name().to_string()).contains(&wanted),
    ];
    for level in levels {
        let found: Vec<&Machine> = machines.iter().copied().filter(|machine| level(machine)).collect();
        let mut paths: Vec<&str> = found.iter().map(|machine| &*machine.path).collect();
        paths.sort_unstable();
        paths.dedup();
        match paths.len() {
            0 => {}
            1 => return Ok(found),
            _ => {
                let list = paths.iter().take(20).map(|path| format!("  {path}")).collect::<Vec<_>>().join("\n");
                let more = if paths.len() > 20 { format!("\n  and {} more", paths.len() - 20) } else { String::new() };
                let message = format!("`{path}` can be one of {} machines", paths.len());
                return Err(Usage::error(message, format!("write more of the path:\n{list}{more}")));
            }
        }
    }
    let near = nearest(machines, &wanted);
    let help = if machines.is_empty() {
        "there are no machines to choose from; see `cargo pinsight list --all`".to_owned()
    } else {
        format!(
            "did you mean one of these?\n{}",
            near.iter().map(|path| format!("  {path}")).collect::<Vec<_>>().join("\n")
        )
    };
    Err(Usage::error(format!("no machine `{path}`"), help))
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
pub(crate) fn fits(path: &str, pattern: &str) -> bool {
    let mut rest = path;
    for part in pattern.split('*').filter(|part| !part.is_empty()) {
        let Some(place) = rest.find(part) else { return false };
        rest = &rest[place + part.len()..];
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
        ];
        let machines: Vec<&Machine> = machines.iter().collect();
        match find(&machines, path) {
            Ok(found) => found.iter().map(|machine| machine.path.to_string()).collect::<Vec<_>>().join(", "),
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
        assert!(fits("app::handlers::create", "handlers"));
        assert!(fits("app::handlers::create", "app*create"));
        assert!(!fits("app::handlers::create", "create*app"));
    }
}
