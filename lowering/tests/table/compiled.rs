//! The machines that the compiler makes of the cases.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use pinsight_layout::{Sources, read};
use pinsight_machine::Machine;

use crate::expectation::Case;
use crate::seen::Seen;
use crate::{CRATES, folder};

/// What the compiler made of one crate of cases.
pub(crate) struct Compiled(Vec<Machine>);

/// Compiled once for all tests.
pub(crate) fn of(root: &str) -> &'static Compiled {
    static ALL: [OnceLock<Compiled>; CRATES.len()] = [const { OnceLock::new() }; CRATES.len()];
    let index = CRATES.iter().position(|(name, _)| *name == root).expect("one of the crates");
    ALL[index].get_or_init(|| compile(root))
}

fn compile(root: &str) -> Compiled {
    let output = std::env::temp_dir().join(format!("pinsight-cases-{root}-{}", std::process::id()));
    std::fs::create_dir_all(&output).expect("a temporary folder");
    let machines = compile_into(root, &output);
    std::fs::remove_dir_all(&output).expect("the temporary folder can be removed");
    Compiled(machines)
}

fn compile_into(root: &str, output: &Path) -> Vec<Machine> {
    let edition = root.strip_prefix("edition_").expect("a root is named for its edition");
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--edition", edition, "--crate-name", "cases", "--crate-type", "lib", "--emit=mir,obj"]);
    command.args(["-Cdebuginfo=2", "-Clink-dead-code", "-Ccodegen-units=1", "-Copt-level=0"]);
    command.arg("--out-dir").arg(output).arg(folder().join(format!("{root}.rs")));
    let run = command.output().expect("a Rust compiler");
    assert!(run.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&run.stderr));
    let sources = Sources { binary: output.join("cases.o"), mir: vec![output.join("cases.mir")] };
    let program = read(&sources, &|_, _| {}).expect("the compiler has written debug info");
    assert!(program.gaps.is_empty(), "not understood: {:#?}", program.gaps);
    program.machines.into_iter().filter(|machine| machine.id.starts_with("cases::")).collect()
}

impl Compiled {
    /// The bodies of a case in the order of the source, each with its instances.
    pub(crate) fn of_case(&self, theme: &str, case: &Case) -> Vec<Vec<Seen>> {
        let file = format!("{theme}.rs");
        let mut bodies: Vec<(u32, Vec<Seen>)> = Vec::new();
        for machine in &self.0 {
            let Some(place) = machine.place.as_ref().filter(|place| Path::new(&*place.file).ends_with(&file)) else {
                continue;
            };
            if !case.lines.contains(&place.line) {
                continue;
            }
            match bodies.iter_mut().find(|(line, _)| *line == place.line) {
                Some((_, instances)) => instances.push(Seen::of(machine)),
                None => bodies.push((place.line, vec![Seen::of(machine)])),
            }
        }
        bodies.sort_by_key(|(line, _)| *line);
        bodies.into_iter().map(|(_, instances)| instances).collect()
    }
}
