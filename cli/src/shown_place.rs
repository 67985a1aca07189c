use pinsight_machine::Place;

/// A file as a person would name it: below the folder `root` relative to it, of a dependency from its package on, of the standard
/// library from `library/` on.
pub(crate) fn shown_file<'a>(file: &'a str, root: &str) -> &'a str {
    let below_root = file.strip_prefix(root.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'));
    if let Some(rest) = below_root.filter(|_| !root.is_empty()) {
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

/// `src/main.rs:6`
pub(crate) fn shown_place(place: &Place, root: &str) -> String {
    format!("{}:{}", shown_file(&place.file, root), place.line)
}

#[cfg(test)]
mod tests {
    use super::*;

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
