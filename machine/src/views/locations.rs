use core::fmt;

use crate::Location;

/// Displays a place, relative to the folder `root` if it is below it; `?` where it is not known.
#[derive(Clone, Copy)]
pub(super) struct ShownPlace<'a> {
    pub(super) location: Option<&'a Location>,
    pub(super) root: &'a str,
}

impl fmt::Display for ShownPlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(location) = self.location else { return f.write_str("?") };
        let file = below(&location.file, self.root).unwrap_or(&location.file);
        write!(f, "{}:{}", super::clean(file), location.line)?;
        location.column.map_or(Ok(()), |column| write!(f, ":{column}"))
    }
}

fn below<'a>(file: &'a str, root: &str) -> Option<&'a str> {
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
    fn a_place_is_shown_below_its_root() {
        let location = Location { file: "/home/me/app/src/main.rs".into(), line: 6, column: Some(5) };
        let shown = |root| ShownPlace { location: Some(&location), root }.to_string();
        assert_eq!(shown("/home/me/app"), "src/main.rs:6:5");
        assert_eq!(shown("/home/me/app/"), "src/main.rs:6:5");
        assert_eq!(shown("/home/me/ap"), "/home/me/app/src/main.rs:6:5");
        assert_eq!(shown(""), "/home/me/app/src/main.rs:6:5");
        assert_eq!(ShownPlace { location: None, root: "" }.to_string(), "?");
    }
}
