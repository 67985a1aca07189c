//! By which names the compiler's debug info calls coroutines, and where those names are.

use pinsight_machine::MachineKind;
use rayon::prelude::*;

/// What rustc writes before `_env#0}` in the name of the type, and before `#0}` in that of the function that polls it.
const KINDS: [(&str, MachineKind); 10] = [
    ("{async_fn", MachineKind::AsyncFn),
    ("{async_block", MachineKind::AsyncBlock),
    ("{async_closure", MachineKind::AsyncClosure),
    ("{gen_fn", MachineKind::GenFn),
    ("{gen_block", MachineKind::GenBlock),
    ("{gen_closure", MachineKind::GenClosure),
    ("{async_gen_fn", MachineKind::AsyncGenFn),
    ("{async_gen_block", MachineKind::AsyncGenBlock),
    ("{async_gen_closure", MachineKind::AsyncGenClosure),
    ("{coroutine", MachineKind::Coroutine),
];

/// A name like `{async_fn_env#0}<u8>`, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CoroutineName<'a> {
    pub(crate) kind: MachineKind,
    /// Whether it names the type, and not the function that polls it.
    pub(crate) is_type: bool,
    /// Which one of its function it is.
    pub(crate) number: &'a str,
    /// `<u8>`, or empty.
    pub(crate) arguments: &'a str,
}

impl<'a> CoroutineName<'a> {
    pub(crate) fn parse(name: &'a str) -> Option<Self> {
        if !name.starts_with('{') {
            return None;
        }
        // The longest that fits: `{async_gen_fn` does not begin with `{async_fn`, and no other pair shares a beginning.
        let (prefix, kind) = KINDS.into_iter().find(|(prefix, _)| name.starts_with(prefix))?;
        let rest = &name[prefix.len()..];
        let is_type = rest.starts_with("_env#");
        let rest = rest.strip_prefix("_env").unwrap_or(rest).strip_prefix('#')?;
        let (number, arguments) = rest.split_once('}')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let is_whole = arguments.is_empty() || is_one_list(arguments);
        (is_number && is_whole).then_some(CoroutineName { kind, is_type, number, arguments })
    }

    /// The name of the function that polls this type.
    pub(crate) fn poll_function(name: &str) -> String {
        name.replacen("_env#", "#", 1)
    }
}

/// Whether the text is one list in angle brackets, and not the end of a longer name.
fn is_one_list(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' => depth += 1,
            // Not the arrow of `fn() -> T`.
            b'>' if index > 0 && bytes[index - 1] == b'-' => {}
            b'>' => match depth.checked_sub(1) {
                Some(0) => return index + 1 == bytes.len(),
                Some(outer) => depth = outer,
                None => return false,
            },
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    false
}

/// The offsets in `.debug_str` at which the name of a coroutine type or of its poll function begins. With them the name
/// of an entry is told from others without looking at the text.
pub(crate) struct NameOffsets {
    sorted: Vec<u32>,
    /// One bit for each value of an offset's low bits.
    filter: Box<[u64; FILTER_WORDS]>,
}

/// What one thread looks through at a time.
const PART: usize = 4 << 20;

/// More than any of the kinds is long.
const LONGEST_KIND: usize = 32;

/// Large enough that few of the numbers in a unit pass by chance, small enough for the cache of a core.
const FILTER_BITS: u32 = 19;
const FILTER_WORDS: usize = 1 << (FILTER_BITS - 6);

impl NameOffsets {
    pub(crate) fn find(strings: &[u8]) -> Self {
        let parts: Vec<usize> = (0..strings.len()).step_by(PART).collect();
        let mut sorted: Vec<u32> = parts
            .into_par_iter()
            .flat_map_iter(|start| find_in(strings, start..strings.len().min(start + PART)))
            .collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut filter = Box::new([0; FILTER_WORDS]);
        for offset in &sorted {
            let (word, bit) = place(*offset);
            filter[word] |= bit;
        }
        NameOffsets { sorted, filter }
    }

    #[inline]
    pub(crate) fn contains(&self, offset: usize) -> bool {
        let Ok(offset) = u32::try_from(offset) else { return false };
        self.passes(offset) && self.sorted.binary_search(&offset).is_ok()
    }

    #[inline]
    fn passes(&self, offset: u32) -> bool {
        let (word, bit) = place(offset);
        // The mask shows the compiler that the index is in range.
        self.filter[word & (FILTER_WORDS - 1)] & bit != 0
    }
}

/// The offsets of the names whose `#` stands in a part of the strings.
fn find_in(strings: &[u8], part: std::ops::Range<usize>) -> Vec<u32> {
    let mut found = Vec::new();
    // The linker lets one string be the tail of another, so that a name may begin in the middle of a string.
    for hash in memchr::memchr_iter(b'#', &strings[part.clone()]).map(|place| part.start + place) {
        let before = &strings[hash.saturating_sub(LONGEST_KIND)..hash];
        let Some(brace) = before.iter().rposition(|byte| *byte == b'{') else { continue };
        let start = hash - (before.len() - brace);
        // Nearly all are in the middle of a longer name, which goes on with `::`, `,` or `>`.
        let digits = strings[hash + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = hash + 1 + digits;
        if strings.get(end) != Some(&b'}') || !matches!(strings.get(end + 1), Some(0 | b'<')) {
            continue;
        }
        let length = memchr::memchr(0, &strings[end..]).map_or(strings.len() - start, |nul| end + nul - start);
        let name = std::str::from_utf8(&strings[start..start + length]).ok();
        if let (Some(_), Ok(offset)) = (name.and_then(CoroutineName::parse), u32::try_from(start)) {
            found.push(offset);
        }
    }
    found
}

fn place(offset: u32) -> (usize, u64) {
    let low = offset & ((1 << FILTER_BITS) - 1);
    ((low >> 6) as usize, 1 << (low & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_apart() {
        let name = CoroutineName::parse("{async_fn_env#12}<&str, u8>").unwrap();
        assert_eq!((name.kind, name.is_type), (MachineKind::AsyncFn, true));
        assert_eq!((name.number, name.arguments), ("12", "<&str, u8>"));
        let name = CoroutineName::parse("{async_gen_block#0}").unwrap();
        assert_eq!((name.kind, name.is_type), (MachineKind::AsyncGenBlock, false));
        assert_eq!(CoroutineName::poll_function("{gen_fn_env#0}<T>"), "{gen_fn#0}<T>");
    }

    #[test]
    fn leaves_other_names_alone() {
        for name in
            ["{closure_env#0}", "{impl#0}", "{async_fn_env#}", "{async_fn_env#0", "{async_fn_env#0}::poll", "async_fn"]
        {
            assert_eq!(CoroutineName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn finds_names_that_are_the_tail_of_another() {
        let strings =
            b"main\0{impl#0}\0op::{async_fn_env#0}\0Pin<&mut a::{async_fn_env#0}<u8>>\0{gen_fn#1}<u8>\0{closure_env#0}";
        let names = NameOffsets::find(strings);
        assert_eq!(names.sorted, [18, 69]);
        assert!(names.contains(18) && names.contains(69) && !names.contains(19));
    }
}
