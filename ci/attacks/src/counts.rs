//! Counts by family: how many programs were stopped, by whom, and how many prove nothing.

use crate::compile::OURS;
use crate::judge::{Fate, Harmless, Judged};
use std::collections::BTreeMap;

#[derive(Default)]
struct Family<'a> {
    made: usize,
    /// Stopped by an error of the engine's, of the compiler's.
    ours: usize,
    compilers: usize,
    ran: usize,
    survived: usize,
    /// The control does not compile; the payload alone does; the compiler failed.
    dead: usize,
    toothless: usize,
    crashed: usize,
    codes: BTreeMap<&'a str, usize>,
    /// Whether one program of a template proves something.
    templates: BTreeMap<&'a str, bool>,
}

impl<'a> Family<'a> {
    fn add(&mut self, judged: &'a Judged) {
        self.made += 1;
        let (proves, count) = match &judged.fate {
            Fate::Rejected(codes) => {
                for code in codes {
                    *self.codes.entry(code).or_default() += 1;
                }
                (true, if codes.iter().any(|code| code == OURS) { &mut self.ours } else { &mut self.compilers })
            }
            Fate::Ran => (true, &mut self.ran),
            Fate::Survived { .. } => (true, &mut self.survived),
            Fate::Dead(_) => (false, &mut self.dead),
            Fate::Toothless(_) => (false, &mut self.toothless),
            Fate::Crashed(_) => (false, &mut self.crashed),
        };
        *count += 1;
        *self.templates.entry(&judged.program.template).or_default() |= proves;
    }

    fn proves(&self) -> bool {
        self.templates.values().any(|proves| *proves)
    }

    fn print(&self, name: &str) {
        let Self { made, ours, compilers, ran, survived, dead, toothless, crashed, .. } = self;
        println!(
            "  {name:24} {made:6} {ours:6} {compilers:9} {ran:5} {survived:8} {dead:6} {toothless:9} {crashed:7} {:5} of {}",
            self.templates.values().filter(|proves| **proves).count(),
            self.templates.len(),
        );
    }
}

/// Prints a line for each family, and its templates that prove nothing. Returns whether every family proves something.
pub(crate) fn print(all: &[Judged]) -> bool {
    let mut families: BTreeMap<&str, Family<'_>> = BTreeMap::new();
    let mut total = Family::default();
    for judged in all {
        families.entry(judged.program.family).or_default().add(judged);
        total.add(judged);
    }
    println!(
        "  {:24} {:>6} {:>6} {:>9} {:>5} {:>8} {:>6} {:>9} {:>7} {:>5}",
        "family", "made", "ours", "rustc's", "ran", "survived", "dead", "toothless", "crashed", "live templates"
    );
    for (name, family) in &families {
        family.print(name);
    }
    total.print("all");
    println!(
        "stopped by an error of the engine's or of the compiler's, compiled and ran nothing that is unsafe, survived; dead and toothless \
         programs prove nothing: their control does not compile, or their payload is accepted without the trick as well"
    );
    for (name, family) in &families {
        let mut codes: Vec<_> = family.codes.iter().collect();
        codes.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), **code));
        let codes: Vec<_> = codes.into_iter().take(5).map(|(code, count)| format!("{code} {count}")).collect();
        println!("  {name}: {}", codes.join(", "));
        let dead: Vec<_> = family.templates.iter().filter(|(_, proves)| !**proves).map(|(name, _)| *name).collect();
        if !dead.is_empty() {
            println!("    no live control: {}", dead.join("; "));
        }
    }
    let tried = |is: fn(&Harmless) -> bool| all.iter().filter(|judged| is(&judged.harmless)).count();
    println!(
        "without the payload {} compiled and ran under AddressSanitizer, {} of them wrongly; {} did not compile",
        tried(|harmless| matches!(harmless, Harmless::Ran | Harmless::Failed(_))),
        tried(|harmless| matches!(harmless, Harmless::Failed(_))),
        tried(|harmless| *harmless == Harmless::Refused),
    );
    let nothing: Vec<_> = families.iter().filter(|(_, family)| !family.proves()).map(|(name, _)| *name).collect();
    if !nothing.is_empty() {
        println!("FAILED: no control compiles in: {}", nothing.join(", "));
    }
    nothing.is_empty() && !families.is_empty()
}
