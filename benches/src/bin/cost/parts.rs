//! Where the instructions of a type go: the macro's own code, the compiler's side of its interface, and the compiler.

mod callgrind;
mod report;

use std::collections::BTreeMap;
use std::path::Path;

use crate::Result;
use crate::counted::{Calls, Subject, subjects};
use crate::options::Options;
use crate::scratch::Scratch;
use crate::shapes::Shape;
use callgrind::{Function, Profile};

/// Counts instructions by function, and by call.
const TOOL: (&str, &[&str]) = ("callgrind", &[]);

/// What the instructions of a call of the compiler are for, or one type's part of them. The first four do not overlap,
/// and are all there is.
#[derive(Default)]
struct Parts {
    /// The object file of a procedural macro, with what is linked into it.
    macro_itself: f64,
    /// Memory, for the most part, that such an object file asks other ones for.
    macro_system: f64,
    /// What the compiler does when a macro calls it, about tokens for the most part.
    server: f64,
    /// The rest: parsing, resolving and checking what the macro has made, and the user's own code.
    compiler: f64,
    /// A macro's object file, by the crate that a function is of.
    macro_crates: BTreeMap<String, f64>,
    /// All other object files, the server's side included, by the crate that a function is of.
    compiler_crates: BTreeMap<String, f64>,
    /// The functions of a macro's object file: their own, and with what they call.
    functions: BTreeMap<String, [f64; 2]>,
}

pub(crate) fn measure(scratch: &Scratch, options: &Options) -> Result<String> {
    let shapes = options.shapes.clone().unwrap_or(vec![Shape::Four]);
    let calls = Calls::new(scratch, &options.kinds)?;
    let sizes = [options.sizes[0], options.sizes[1]];
    let subjects = subjects(&options.kinds, &shapes, &sizes);
    let read = |file: &str| Ok(Parts::of(&callgrind::read(file)?, scratch.root()));
    let parts = calls.run(TOOL, "parts", &subjects, options.jobs, read)?;
    let mut out = report::introduction(sizes);
    for shape in shapes {
        let of_one_type = options.kinds.iter().map(|kind| {
            let [small, large] = sizes.map(|types| &parts[&Subject { kind: *kind, shape, types }]);
            (*kind, small.slope(large, (sizes[1] - sizes[0]) as f64))
        });
        out += &report::of_shape(shape, &of_one_type.collect::<Vec<_>>());
    }
    Ok(out)
}

impl Parts {
    /// Every macro that was built for a measurement has its object file in this folder.
    fn of(profile: &Profile, folder: &Path) -> Self {
        let is_macro = |function: &Function| Path::new(&*function.object).starts_with(folder);
        let mut parts = Self::default();
        for (function, cost) in &profile.own {
            let cost = *cost as f64;
            if is_macro(function) {
                parts.macro_itself += cost;
                *parts.macro_crates.entry(owner(function)).or_default() += cost;
                let both = parts.functions.entry(name(function)).or_default();
                *both = [both[0] + cost, both[1] + cost];
            } else {
                parts.compiler += cost;
                *parts.compiler_crates.entry(owner(function)).or_default() += cost;
            }
        }
        for ((caller, callee), cost) in profile.calls.iter().filter(|((caller, _), _)| is_macro(caller)) {
            let cost = *cost as f64;
            // What a function takes when it calls itself is in the sum already.
            if name(caller) != name(callee) {
                parts.functions.entry(name(caller)).or_default()[1] += cost;
            }
            if !is_macro(callee) {
                // The compiler has its own copy of the interface, under this name.
                let is_server = callee.name.contains("rustc_proc_macro::bridge");
                *(if is_server { &mut parts.server } else { &mut parts.macro_system }) += cost;
                parts.compiler -= cost;
            }
        }
        parts
    }

    /// What one more type takes; `types` is by how many the other one has more.
    fn slope(&self, more: &Self, types: f64) -> Self {
        let crates = |less: &BTreeMap<String, f64>, more: &BTreeMap<String, f64>| {
            let cost = |name: &String, more| (more - less.get(name).copied().unwrap_or_default()) / types;
            more.iter().map(|(name, more)| (name.clone(), cost(name, *more))).collect()
        };
        let functions = more.functions.iter().map(|(name, [own, all])| {
            let [less_own, less_all] = self.functions.get(name).copied().unwrap_or_default();
            (name.clone(), [(own - less_own) / types, (all - less_all) / types])
        });
        Self {
            macro_itself: (more.macro_itself - self.macro_itself) / types,
            macro_system: (more.macro_system - self.macro_system) / types,
            server: (more.server - self.server) / types,
            compiler: (more.compiler - self.compiler) / types,
            macro_crates: crates(&self.macro_crates, &more.macro_crates),
            compiler_crates: crates(&self.compiler_crates, &more.compiler_crates),
            functions: functions.collect(),
        }
    }
}

/// A function's name without callgrind's number for the depth of a recursion.
fn name(function: &Function) -> String {
    function.name.rsplit_once('\'').map_or(&*function.name, |(name, _)| name).to_owned()
}

/// The first crate in a function's name, such as `core` for `<T as core::convert::Into<U>>::into`. What is not written in
/// Rust goes by its object file.
fn owner(function: &Function) -> String {
    if let Some((before, _)) = function.name.split_once("::") {
        let start = before.rfind(|last: char| !last.is_alphanumeric() && last != '_').map_or(0, |last| last + 1);
        if start < before.len() {
            return before[start..].to_owned();
        }
    }
    let file = Path::new(&*function.object).file_name().unwrap_or_default().to_string_lossy();
    match &*file {
        "rustc" => "the allocator".to_owned(),
        "" => "unknown".to_owned(),
        file => file.split(['.', '-']).next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn function(object: &str, name: &str) -> Function {
        Function { object: Rc::from(object), name: Rc::from(name) }
    }

    #[test]
    fn the_owner_is_the_first_crate_or_the_file() {
        for (name, expected) in [
            ("pinsight_macros::quote::Tokens::token", "pinsight_macros"),
            ("<T as core::convert::Into<U>>::into", "core"),
            ("<&rustc_middle::ty::List as rustc_type_ir::X>::f'2", "rustc_middle"),
            ("core::ptr::drop_in_place<[proc_macro::TokenTree]>", "core"),
            ("malloc", "the allocator"),
        ] {
            assert_eq!(owner(&function("/bin/rustc", name)), expected);
        }
        assert_eq!(owner(&function("/lib/libc.so.6", "memcpy")), "libc");
    }

    #[test]
    fn the_parts_do_not_overlap() {
        let [expand, push, deeper] = ["expand", "push", "push'2"].map(|name| function("/here/libm.so", name));
        let dispatch = function("/driver.so", "<rustc_proc_macro::bridge::closure::Closure>::call");
        let (free, main) = (function("/bin/rustc", "free"), function("/driver.so", "rustc_driver::main"));
        let own = [(&expand, 10), (&push, 12), (&deeper, 8), (&dispatch, 300), (&free, 4), (&main, 5000)];
        let calls = [
            (&main, &expand, 334),
            (&expand, &push, 320),
            (&expand, &free, 4),
            (&push, &deeper, 308),
            (&deeper, &dispatch, 300),
        ];
        let profile = Profile {
            own: own.map(|(function, cost)| (function.clone(), cost)).into(),
            calls: calls.map(|(from, to, cost)| ((from.clone(), to.clone()), cost)).into(),
        };
        let parts = Parts::default().slope(&Parts::of(&profile, Path::new("/here")), 2.0);
        let found =
            [parts.macro_itself, parts.macro_system, parts.server, parts.compiler, parts.functions["expand"][1]];
        assert_eq!(found.map(|cost| cost as u64), [15, 2, 150, 2500, 167]);
    }
}
