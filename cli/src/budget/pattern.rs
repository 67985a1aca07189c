//! The pattern of a budget, and the machines that it means.

use pinsight_machine::Machine;

/// Whether a machine is meant: the whole of its path fits, or with the type arguments of the instance, as `list` prints them or
/// in full. The path of a trait's method begins with the type and not with the module in which the `impl` is; the id does.
pub(super) fn fits(pattern: &str, machine: &Machine) -> bool {
    is_match(pattern, &machine.path)
        || is_match(pattern, &machine.id)
        || (!machine.type_arguments.is_empty()
            && (is_match(pattern, &machine.short_name()) || is_match(pattern, &machine.full_name().to_string())))
}

/// `*` stands for any text, `::` included. Each star is as short as it can be: what comes after the last one has to be the end.
fn is_match(pattern: &str, path: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == path };
    let Some(mut path) = path.strip_prefix(start) else { return false };
    let (between, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in between.split('*') {
        match path.split_once(part) {
            Some((_, after)) => path = after,
            None => return false,
        }
    }
    path.ends_with(end)
}

/// The paths that may have been meant by a pattern that fits none.
pub(super) fn near<'m>(pattern: &str, machines: &[&'m Machine]) -> Vec<&'m str> {
    let part = pattern.trim_matches('*').trim_matches(':');
    let mut near: Vec<&str> =
        machines.iter().map(|machine| &*machine.path).filter(|path| !part.is_empty() && path.contains(part)).collect();
    if near.is_empty() {
        let distance = |path: &str| strsim::normalized_damerau_levenshtein(path, part);
        near = machines.iter().map(|machine| &*machine.path).filter(|path| distance(path) > 0.7).collect();
        near.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
    }
    near.dedup();
    near.truncate(3);
    near
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::MachineKind;

    #[test]
    fn the_whole_path_has_to_fit() {
        assert!(is_match("app::run", "app::run"));
        assert!(!is_match("app::run", "app::runner"));
        assert!(!is_match("run", "app::run"));
        assert!(is_match("*::run", "app::run"));
        assert!(is_match("app::*", "app::http::get::{async block#0}"));
        assert!(is_match("<app::S as *>::go", "<app::S as app::Go>::go"));
        assert!(is_match("*", ""));
        assert!(!is_match("a*a", "a"));
        assert!(is_match("a*b*c*d", "a-b--c-d"));
        assert!(!is_match("a*c*b*d", "a-b--c-d"));
        assert!(is_match("app*::*run*", "app::f::run::{async block#0}"));
    }

    #[test]
    fn one_instance_can_be_meant() {
        let machine = Machine {
            path: "app::hold".into(),
            type_arguments: vec!["alloc::string::String".into()].into(),
            ..Machine::new(MachineKind::AsyncFn)
        };
        for pattern in ["app::hold", "app::hold<String>", "app::hold<alloc::string::String>", "app::hold*"] {
            assert!(fits(pattern, &machine), "{pattern}");
        }
        assert!(!fits("app::hold<u8>", &machine));
    }

    #[test]
    fn a_module_means_what_is_implemented_in_it() {
        let machine = Machine {
            id: "app::http::{impl#1}::go::{async_fn_env#0}".into(),
            path: "<app::S as app::Go>::go".into(),
            ..Machine::new(MachineKind::AsyncFn)
        };
        for pattern in ["app::*", "app::http::*", "<app::S as app::Go>::go", "*::go"] {
            assert!(fits(pattern, &machine), "{pattern}");
        }
        assert!(!fits("app::other::*", &machine));
    }

    #[test]
    fn what_is_near() {
        let machine = |path: &'static str| Machine { path: path.into(), ..Machine::new(MachineKind::AsyncFn) };
        let machines = [machine("app::http::get"), machine("app::run"), machine("app::tick")];
        let machines: Vec<&Machine> = machines.iter().collect();
        assert_eq!(near("http", &machines), ["app::http::get"]);
        assert_eq!(near("app::rnu", &machines), ["app::run"]);
        assert_eq!(near("nothing at all", &machines), [""; 0]);
    }
}
