//! Says of each program whether it was stopped, by what, and whether it could have been let through at all.

use crate::compile::{Compiler, OURS, Verdict};
use crate::program::{Payload, Program};
use crate::progress::Progress;
use crate::run::Ended;

/// What became of a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fate {
    /// With these codes. All is as it should be.
    Rejected(Vec<String>),
    /// It compiled, and ran none of the code that it wanted to run.
    Ran,
    /// It got through. False if its payload gets through without the trick as well.
    Survived { by_trick: bool },
    /// The control does not compile: the program proves nothing.
    Dead(String),
    /// The payload is not rejected where it should be: the program proves nothing.
    Toothless(String),
    /// The compiler failed.
    Crashed(String),
}

/// What became of the same program without its payload, where that was tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Harmless {
    NotTried,
    Refused,
    Ran,
    Failed(String),
}

pub(crate) struct Judged {
    pub(crate) program: Program,
    pub(crate) fate: Fate,
    pub(crate) harmless: Harmless,
}

/// Tries all programs; of the harmless ones every `harmless`th.
pub(crate) fn judge(
    compiler: &Compiler<'_>,
    programs: Vec<Program>,
    harmless: usize,
    progress: &Progress,
) -> Vec<Judged> {
    progress.say(&format!("{} programs", programs.len()));
    let mut fates: Vec<Option<Fate>> = attacks(compiler, &programs);
    let settled = fates.iter().flatten().count();
    progress.say(&format!("compiled; {settled} are stopped by what they are after, the others need a control"));
    controls(compiler, &programs, &mut fates);
    progress.say("compared with their controls");
    let mut tried = vec![Harmless::NotTried; programs.len()];
    let live = |fate: &Option<Fate>| matches!(fate, Some(Fate::Rejected(_)));
    let chosen: Vec<usize> =
        (0..programs.len()).filter(|at| live(&fates[*at]) && programs[*at].harmless.is_some()).collect();
    let chosen: Vec<usize> = if harmless == 0 { vec![] } else { chosen.into_iter().step_by(harmless).collect() };
    let runnable: Vec<_> = chosen
        .iter()
        .map(|at| (programs[*at].source(programs[*at].harmless.as_deref().unwrap_or_default()), programs[*at].drops))
        .collect();
    let verdicts = compiler.run_what_compiles(&runnable);
    for (at, ended) in chosen.into_iter().zip(verdicts) {
        tried[at] = match ended {
            None => Harmless::Refused,
            Some(Ended::Well | Ended::Stopped) => Harmless::Ran,
            Some(Ended::Victim) => Harmless::Failed("an unsafe function of somebody else's was run".into()),
            Some(Ended::Failed(why)) => Harmless::Failed(why),
        };
    }
    let fates = fates.into_iter().map(|fate| fate.unwrap_or(Fate::Crashed("not judged".into())));
    let all = programs.into_iter().zip(fates).zip(tried);
    all.map(|((program, fate), harmless)| Judged { program, fate, harmless }).collect()
}

/// Compiles every attack. Some are settled by that: what is stopped at its payload, and at nothing else, needs no control.
fn attacks(compiler: &Compiler<'_>, programs: &[Program]) -> Vec<Option<Fate>> {
    let sources: Vec<_> = programs.iter().map(|p| p.source(&p.attack)).collect();
    let mut fates: Vec<Option<Fate>> = Vec::new();
    for (program, verdict) in programs.iter().zip(compiler.verdicts(&sources)) {
        let stopped = verdict.has(program.payload.codes());
        fates.push(match verdict {
            Verdict::Rejected(errors) if stopped && program.is_payload(errors.first_line) => {
                Some(Fate::Rejected(errors.codes.into_iter().collect()))
            }
            Verdict::Crashed(why) => Some(Fate::Crashed(why)),
            _ => None,
        });
    }
    // What is to be run is run now.
    let runs: Vec<usize> = (0..programs.len()).filter(|at| programs[*at].payload == Payload::Runs).collect();
    let runnable: Vec<_> =
        runs.iter().map(|at| (programs[*at].source(&programs[*at].attack), programs[*at].drops)).collect();
    for (at, ended) in runs.into_iter().zip(compiler.run_what_compiles(&runnable)) {
        match ended {
            Some(ended) if ended.is_broken() => fates[at] = Some(Fate::Survived { by_trick: true }),
            Some(_) => fates[at] = Some(Fate::Ran),
            None => {}
        }
    }
    fates
}

/// Settles what was not: by the control, which has to compile, and by the teeth, which must not.
fn controls(compiler: &Compiler<'_>, programs: &[Program], fates: &mut [Option<Fate>]) {
    let open: Vec<usize> = (0..programs.len()).filter(|at| fates[*at].is_none()).collect();
    let of = |text: fn(&Program) -> &str| {
        let sources: Vec<_> = open.iter().map(|at| programs[*at].without_redirects(text(&programs[*at]))).collect();
        compiler.verdicts(&sources)
    };
    let attacks = open.iter().map(|at| programs[*at].source(&programs[*at].attack)).collect::<Vec<_>>();
    let attacks = compiler.verdicts(&attacks);
    let (controls, teeth) = (of(|p| &p.control), of(|p| &p.teeth));
    for (((at, attack), control), teeth) in open.iter().zip(attacks).zip(controls).zip(teeth) {
        let program = &programs[*at];
        let bites = program.payload.bites(&teeth);
        fates[*at] = Some(match (attack, control) {
            (Verdict::Compiles, _) if program.payload == Payload::Runs => continue,
            (Verdict::Compiles, Verdict::Compiles) if bites => Fate::Survived { by_trick: true },
            // Nobody needs drop code for that.
            (Verdict::Compiles, _) if program.payload == Payload::Reached && !bites => Fate::Ran,
            (Verdict::Compiles, Verdict::Compiles) if teeth == Verdict::Compiles => Fate::Survived { by_trick: false },
            (_, control) if control != Verdict::Compiles => Fate::Dead(format!("{control:?}")),
            _ if !bites => Fate::Toothless(format!("{teeth:?}")),
            (Verdict::Rejected(errors), _) if program.payload == Payload::Refused && !errors.codes.contains(OURS) => {
                Fate::Toothless(format!("{errors:?}"))
            }
            (Verdict::Rejected(errors), _) => Fate::Rejected(errors.codes.into_iter().collect()),
            (Verdict::Crashed(why), _) => Fate::Crashed(why),
            (Verdict::Compiles, _) => Fate::Toothless("compiles".into()),
        });
        // A batch must not be what lets a program through.
        if matches!(fates[*at], Some(Fate::Survived { .. }))
            && compiler.alone(&program.source(&program.attack)) != Verdict::Compiles
        {
            fates[*at] = Some(Fate::Crashed("compiles in a batch, and not alone".into()));
        }
    }
}
