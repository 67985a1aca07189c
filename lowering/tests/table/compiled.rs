//! The machines that the compiler makes of the cases.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use pinsight_layout::{Sources, read};
use pinsight_lowering::Edition;
use pinsight_machine::Machine;

use crate::expectation::Case;
use crate::seen::Seen;
use crate::{File, files, folder};

/// What the compiler made of one file.
pub(crate) struct Compiled(Vec<Machine>);

/// All files, compiled once for all tests: each is a crate, because the compiler's MIR names a function in a module as if it
/// were not in one where nothing else has its name.
pub(crate) fn all() -> &'static BTreeMap<String, Compiled> {
    static ALL: OnceLock<BTreeMap<String, Compiled>> = OnceLock::new();
    ALL.get_or_init(|| {
        let output = std::env::temp_dir().join(format!("pinsight-cases-{}", std::process::id()));
        std::fs::create_dir_all(&output).expect("a temporary folder");
        let waiting = Mutex::new(files());
        let next = || waiting.lock().expect("no thread has panicked").pop();
        let work = || {
            let done = std::iter::from_fn(next).map(|file| (file.theme.clone(), compile(&file, &output)));
            done.collect::<Vec<_>>()
        };
        let all = std::thread::scope(|scope| {
            let threads = [(); 2].map(|()| scope.spawn(work));
            threads.into_iter().flat_map(|thread| thread.join().expect("the cases can be compiled")).collect()
        });
        std::fs::remove_dir_all(&output).expect("the temporary folder can be removed");
        all
    })
}

fn compile(file: &File, output: &Path) -> Compiled {
    let output = output.join(&file.theme);
    std::fs::create_dir_all(&output).expect("a temporary folder");
    let edition = if file.edition == Edition::E2021 { "2021" } else { "2024" };
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--edition", edition, "--crate-name", &file.theme, "--crate-type", "lib", "--emit=mir,obj"]);
    command.args(["-Cdebuginfo=2", "-Clink-dead-code", "-Ccodegen-units=1", "-Copt-level=0"]);
    command.arg("--out-dir").arg(&output).arg(folder().join(format!("{}.rs", file.theme)));
    let run = command.output().expect("a Rust compiler");
    assert!(run.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&run.stderr));
    let written = |extension: &str| output.join(format!("{}.{extension}", file.theme));
    let sources = Sources { binary: written("o"), mir: vec![written("mir")] };
    let program = read(&sources, &|_, _| {}).expect("the compiler has written debug info");
    assert!(program.gaps.is_empty(), "{}: not understood: {:#?}", file.theme, program.gaps);
    Compiled(program.machines)
}

impl Compiled {
    /// The bodies of a case in the order of the source, each with its instances.
    pub(crate) fn of_case(&self, theme: &str, case: &Case) -> Vec<Vec<Seen>> {
        let file = format!("{theme}.rs");
        let mut bodies: Vec<(u32, Vec<Seen>)> = Vec::new();
        for machine in &self.0 {
            let Some(location) =
                machine.location.as_ref().filter(|location| Path::new(&*location.file).ends_with(&file))
            else {
                continue;
            };
            if !case.lines.contains(&location.line) {
                continue;
            }
            match bodies.iter_mut().find(|(line, _)| *line == location.line) {
                Some((_, instances)) => instances.push(Seen::of(machine)),
                None => bodies.push((location.line, vec![Seen::of(machine)])),
            }
        }
        bodies.sort_by_key(|(line, _)| *line);
        bodies.into_iter().map(|(_, instances)| instances).collect()
    }
}
