/// How to show a machine on a terminal.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions<'a> {
    /// With ANSI escape codes; without, nothing is lost but colour.
    pub color: bool,
    /// At most so many characters on a line, as far as names allow.
    pub width: usize,
    /// Types with full paths, and never cut short.
    pub full_types: bool,
    /// The folder to which places are shown relative; empty: places are shown as they are.
    pub root: &'a str,
}

impl Default for TextOptions<'_> {
    /// Without colour, 100 characters wide, with short types and full places.
    fn default() -> Self {
        TextOptions { color: false, width: 100, full_types: false, root: "" }
    }
}
