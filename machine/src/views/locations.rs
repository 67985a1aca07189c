use core::fmt;

use crate::Location;

/// Displays [`Location::shown`]. A location that is not known is shown as `?`.
#[derive(Clone, Copy, Debug)]
pub struct ShownLocation<'a> {
    pub(super) location: Option<&'a Location>,
    pub(super) root: &'a str,
}

impl Location {
    /// As a person would name it: `src/main.rs:6:5`. The file is shortened as [`shown_file`] does it.
    pub fn shown<'a>(&'a self, root: &'a str) -> ShownLocation<'a> {
        ShownLocation { location: Some(self), root }
    }
}

impl fmt::Display for ShownLocation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(location) = self.location else { return f.write_str("?") };
        write!(f, "{}:{}", super::clean(shown_file(&location.file, self.root)), location.line)?;
        location.column.map_or(Ok(()), |column| write!(f, ":{column}"))
    }
}

/// A file as a person would name it: below the folder `root` relative to that, of a dependency from its package on, of the
/// standard library from `library/` on, and any other as it is.
pub fn shown_file<'a>(file: &'a str, root: &str) -> &'a str {
    if let Some(rest) = file_below(file, root) {
        return rest;
    }
    for source in ["/registry/src/", "/git/checkouts/"] {
        // The next folder is the registry, or the repository.
        if let Some((_, rest)) = file.split_once(source) {
            return rest.split_once('/').map_or(rest, |(_, rest)| rest);
        }
    }
    match file.split_once("/library/") {
        Some((before, _)) if before.starts_with("/rustc/") || before.ends_with("/lib/rustlib/src/rust") => {
            &file[before.len() + 1..]
        }
        _ => file,
    }
}

/// A file relative to the folder `root`, with or without a slash at its end; `None` if it is not below that.
pub fn file_below<'a>(file: &'a str, root: &str) -> Option<&'a str> {
    if root.is_empty() {
        return None;
    }
    let rest = file.strip_prefix(root)?;
    if root.ends_with(['/', '\\']) { Some(rest) } else { rest.strip_prefix(['/', '\\']) }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_location_is_shown_below_its_root() {
        let location = Location { file: "/home/me/app/src/main.rs".into(), line: 6, column: Some(5) };
        let shown = |root| location.shown(root).to_string();
        assert_eq!(shown("/home/me/app"), "src/main.rs:6:5");
        assert_eq!(shown("/home/me/app/"), "src/main.rs:6:5");
        assert_eq!(shown("/home/me/ap"), "/home/me/app/src/main.rs:6:5");
        assert_eq!(shown(""), "/home/me/app/src/main.rs:6:5");
        assert_eq!(ShownLocation { location: None, root: "" }.to_string(), "?");
    }

    #[test]
    fn a_file_is_named_from_where_a_reader_knows_it() {
        let shown = |file| shown_file(file, "/home/me/app/");
        assert_eq!(shown("/home/me/app/src/main.rs"), "src/main.rs");
        assert_eq!(shown("/home/me/application/src/main.rs"), "/home/me/application/src/main.rs");
        assert_eq!(
            shown("/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/hyper-1.7.0/src/lib.rs"),
            "hyper-1.7.0/src/lib.rs"
        );
        assert_eq!(shown("/rustc/59807616/library/core/src/future/mod.rs"), "library/core/src/future/mod.rs");
        assert_eq!(shown("/srv/library/app/main.rs"), "/srv/library/app/main.rs");
        assert_eq!(shown_file("/a/b.rs", ""), "/a/b.rs");
    }
}
