//! The libraries that are compared, each in the one version that is named here.

use std::path::Path;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Library {
    /// What is written by hand depends on nothing.
    None,
    PinProject,
    PinProject11,
    PinProjectLite,
    Pinsight,
}

impl Library {
    /// For the tables, and the name of the folder of the crate that depends on it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::PinProject => "pin-project 1.2.0",
            Self::PinProject11 => "pin-project 1.1.13",
            Self::PinProjectLite => "pin-project-lite 0.2.18",
            Self::Pinsight => "pinsight",
        }
    }

    pub(crate) const fn package(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::PinProject | Self::PinProject11 => Some("pin-project"),
            Self::PinProjectLite => Some("pin-project-lite"),
            Self::Pinsight => Some("pinsight"),
        }
    }

    /// The line of the manifest. pin-project's macros say `::pin_project`, so it cannot be renamed, and each version
    /// needs a workspace of its own.
    pub(crate) fn dependency(self, pinsight: &Path) -> String {
        match self {
            Self::None => String::new(),
            Self::PinProject => "pin-project = \"=1.2.0\"".to_owned(),
            Self::PinProject11 => "pin-project = \"=1.1.13\"".to_owned(),
            Self::PinProjectLite => "pin-project-lite = \"=0.2.18\"".to_owned(),
            // A literal string, as a path may contain backslashes.
            Self::Pinsight => format!("pinsight = {{ path = '{}' }}", pinsight.display()),
        }
    }

    /// The lock file, so that what a peer needs has the same versions each time. pinsight brings its own.
    pub(crate) const fn lock(self) -> Option<&'static str> {
        match self {
            Self::None | Self::Pinsight => None,
            Self::PinProject => Some(include_str!("../../../peers/pin-project-1.2.0.lock")),
            Self::PinProject11 => Some(include_str!("../../../peers/pin-project-1.1.13.lock")),
            Self::PinProjectLite => Some(include_str!("../../../peers/pin-project-lite-0.2.18.lock")),
        }
    }
}
