use pinsight_machine::Machine;

/// The machines of one compiled program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Every machine once, in the order of their ids. The first segment of a path is the crate.
    pub machines: Vec<Machine>,
    /// What was met and not understood, or is missing.
    pub gaps: Vec<Gap>,
}

impl Program {
    /// Returns the machine with that [`Machine::id`].
    pub fn machine(&self, id: &str) -> Option<&Machine> {
        let index = self.machines.binary_search_by(|machine| machine.id.as_ref().cmp(id)).ok()?;
        self.machines.get(index)
    }
}

/// Something that was not understood, or that the compiler did not write down: counted, never guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Names it: `variant part of an unknown shape`.
    pub what: String,
    /// How often it was met.
    pub count: u64,
    /// What the user can do about it; empty when nothing.
    pub help: String,
}
