/// How to show a machine on a terminal.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions<'a> {
    /// Whether to write ANSI escape codes. Nothing but colour is lost without them.
    pub color: bool,
    /// How many characters a line may have, as far as names allow.
    pub width: usize,
    /// Whether types have their full paths, and are never cut short.
    pub full_types: bool,
    /// The folder to which locations are shown relative. If it is empty, they are shown as they are.
    pub root: &'a str,
}

impl Default for TextOptions<'_> {
    /// Without colour, 100 characters wide, with short types and full places.
    fn default() -> Self {
        TextOptions { color: false, width: 100, full_types: false, root: "" }
    }
}
