//! The ways to project a type that are compared.

use crate::library::Library;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Plain,
    Hand,
    HandProject,
    PinProject,
    PinProject11,
    PinProjectLite,
    Derive,
    DeriveRef,
    Attribute,
    Lite,
}

impl Kind {
    /// In the order of the tables.
    pub(crate) const ALL: [Self; 10] = [
        Self::Plain,
        Self::HandProject,
        Self::Hand,
        Self::PinProject,
        Self::PinProject11,
        Self::PinProjectLite,
        Self::Derive,
        Self::DeriveRef,
        Self::Attribute,
        Self::Lite,
    ];

    /// For the command line and the names of folders.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Hand => "hand",
            Self::HandProject => "hand-project",
            Self::PinProject => "pin-project",
            Self::PinProject11 => "pin-project-1.1",
            Self::PinProjectLite => "pin-project-lite",
            Self::Derive => "derive",
            Self::DeriveRef => "derive-ref",
            Self::Attribute => "attribute",
            Self::Lite => "lite",
        }
    }

    /// For the tables.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Plain => "types without projection",
            Self::Hand => "hand-written `unsafe`, both methods",
            Self::HandProject => "hand-written `unsafe`, `project` alone",
            Self::PinProject | Self::PinProject11 | Self::PinProjectLite => self.library().title(),
            Self::Derive => "pinsight `#[derive(PinProject)]`",
            Self::DeriveRef => "pinsight derive with `project_ref`",
            Self::Attribute => "pinsight `#[pin_project]`",
            Self::Lite => "pinsight `lite::pin_project!`",
        }
    }

    pub(crate) const fn is_ours(self) -> bool {
        matches!(self.library(), Library::Pinsight)
    }

    /// The library that the generated crate depends on.
    pub(crate) const fn library(self) -> Library {
        match self {
            Self::Plain | Self::Hand | Self::HandProject => Library::None,
            Self::PinProject => Library::PinProject,
            Self::PinProject11 => Library::PinProject11,
            Self::PinProjectLite => Library::PinProjectLite,
            Self::Derive | Self::DeriveRef | Self::Attribute | Self::Lite => Library::Pinsight,
        }
    }
}
