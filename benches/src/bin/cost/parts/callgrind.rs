//! Reads callgrind's files: what each function took by itself, and what its calls took with all that they called.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::Result;

/// A function, in the object file that it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Function {
    pub(super) object: Rc<str>,
    pub(super) name: Rc<str>,
}

#[derive(Debug, Default)]
pub(super) struct Profile {
    /// Instructions of each function itself.
    pub(super) own: BTreeMap<Function, u64>,
    /// Instructions of what is called, all that it calls included, by caller and callee.
    pub(super) calls: BTreeMap<(Function, Function), u64>,
}

/// A name is written once, as `(7) name`, and is `(7)` from then on.
#[derive(Default)]
struct Names(BTreeMap<String, Rc<str>>);

impl Names {
    fn read(&mut self, text: &str) -> Result<Rc<str>> {
        let (number, name) = text.split_once(')').ok_or_else(|| format!("a name without a number: {text}"))?;
        match (name.strip_prefix(' '), self.0.get(number)) {
            (Some(name), _) => {
                let name: Rc<str> = Rc::from(name);
                self.0.insert(number.to_owned(), Rc::clone(&name));
                Ok(name)
            }
            (None, Some(name)) => Ok(Rc::clone(name)),
            (None, None) => Err(format!("a number without a name: {text}").into()),
        }
    }
}

/// The format is documented at <https://valgrind.org/docs/manual/cl-format.html>. Files and lines are skipped.
pub(super) fn read(file: &str) -> Result<Profile> {
    let (mut objects, mut functions) = (Names::default(), Names::default());
    let mut profile = Profile::default();
    let nowhere: Rc<str> = Rc::from("");
    let mut here = Function { object: Rc::clone(&nowhere), name: nowhere };
    // What the next call is to; it is in the same object unless another one is named.
    let mut callee_object = None;
    let mut callee = None;
    let mut is_call = false;
    for line in file.lines() {
        match line.split_once('=') {
            Some(("ob", name)) => here.object = objects.read(name)?,
            Some(("fn", name)) => here.name = functions.read(name)?,
            Some(("cob", name)) => callee_object = Some(objects.read(name)?),
            Some(("cfn", name)) => callee = Some(functions.read(name)?),
            Some(("calls", _)) => is_call = true,
            _ if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) => {
                let cost = line.split(' ').nth(1).map_or(Ok(0), str::parse::<u64>)?;
                if is_call {
                    let object = callee_object.take().unwrap_or(Rc::clone(&here.object));
                    let name = callee.take().ok_or("a call to nothing")?;
                    *profile.calls.entry((here.clone(), Function { object, name })).or_default() += cost;
                    is_call = false;
                } else {
                    *profile.own.entry(here.clone()).or_default() += cost;
                }
            }
            _ => {}
        }
    }
    if profile.own.is_empty() { Err("callgrind's file has no costs".into()) } else { Ok(profile) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "positions: line\nevents: Ir\nsummary: 58\n\nob=(1) /bin/rustc\nfl=(1) ???\nfn=(1) main\n0 5\n\
                        cob=(2) /deps/libmacro.so\ncfn=(2) expand\ncalls=1 0\n0 40\n+3 7\n\nfn=(3) other\ncfn=(1)\ncalls=2 \
                        0\n* 12\n\nob=(2)\nfn=(2)\n0 6\n";

    fn cost<K: Ord, T>(costs: &BTreeMap<K, u64>, is_it: impl Fn(&K) -> Option<T>) -> Vec<(T, u64)> {
        costs.iter().filter_map(|(key, cost)| Some((is_it(key)?, *cost))).collect()
    }

    #[test]
    fn a_cost_is_the_function_s_own_or_that_of_a_call() {
        let profile = read(FILE).unwrap();
        let own = cost(&profile.own, |function| Some((function.object.to_string(), function.name.to_string())));
        let own: Vec<_> = own.iter().map(|((object, name), cost)| (object.as_str(), name.as_str(), *cost)).collect();
        assert_eq!(own, [("/bin/rustc", "main", 12), ("/deps/libmacro.so", "expand", 6)]);
        let calls = cost(&profile.calls, |(from, to)| Some(format!("{} {} {}", from.name, to.name, to.object)));
        let expected = [("main expand /deps/libmacro.so", 40), ("other main /bin/rustc", 12)];
        assert_eq!(calls, expected.map(|(call, cost)| (call.to_owned(), cost)));
    }

    #[test]
    fn refuses_what_is_no_such_file() {
        for file in ["", "fn=(1)\n0 1\n", "fn=main\n0 1\n", "fn=(1) main\ncalls=1 0\n0 3\n"] {
            assert!(read(file).is_err(), "{file}");
        }
    }
}
