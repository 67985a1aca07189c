//! What is compared: of each async body its suspend points, and of each of them what is stored. Both sides have this form.

use serde::{Deserialize, Serialize};

/// One measured package, as the compiler sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) edition: u32,
    pub(crate) folder: String,
    /// What is set while it is compiled, as `rustc --print cfg` prints it.
    pub(crate) settings: String,
    /// The bodies in the package's own sources.
    pub(crate) bodies: Vec<Body>,
    /// Bodies of its crate whose text is in another package, in a macro of it.
    pub(crate) foreign_bodies: usize,
    /// Coroutines of the crate's MIR, generic ones once.
    pub(crate) in_mir: usize,
}

/// One `async fn`, block or closure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) path: String,
    /// As [`MachineKind`](pinsight_machine::MachineKind) displays itself.
    pub(crate) kind: String,
    /// From the package's folder.
    pub(crate) file: String,
    /// Where the body begins.
    pub(crate) line: u32,
    /// Where it ends; of a prediction 0.
    pub(crate) end: u32,
    pub(crate) captured: Vec<String>,
    pub(crate) suspends: Vec<Suspend>,
    /// Of the compiler: its MIR was found, and followed to the end. Of the prediction: always.
    pub(crate) knows_references: bool,
    /// Of the prediction: the macros that could not be read.
    pub(crate) opaque: Vec<String>,
}

/// One suspend point.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Suspend {
    /// `None` if its `.await` is not written in the body: a macro or an attribute makes it.
    pub(crate) line: Option<u32>,
    /// Of such a one the place.
    pub(crate) elsewhere: Option<String>,
    /// Of such a one the line, if the macro or attribute is in the same file.
    pub(crate) own_line: Option<u32>,
    pub(crate) locals: Vec<Local>,
    pub(crate) references: Vec<Reference>,
}

/// A named local that is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Local {
    pub(crate) name: String,
    /// Whether it is stored for sure.
    pub(crate) certain: bool,
    /// The name is repeated, and the debug info has lost its type.
    pub(crate) lost: bool,
    /// Of one that may be stored: what decides it.
    pub(crate) condition: Option<String>,
    pub(crate) declared: Declared,
}

/// Where a local is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Declared {
    Unknown,
    /// In the file of the body.
    Line(u32),
    /// In a macro of another file.
    Elsewhere,
}

/// A stored value that points at another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Reference {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) certain: bool,
}

impl Suspend {
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Local> {
        self.locals.iter().filter(move |local| local.name == name)
    }
}
