//! How long the entries of a unit are. A reader of debug info passes over nearly all entries, and their lengths follow from
//! their abbreviations: they are worked out once for each abbreviation, so that most entries are passed over in one step.

use gimli::{Abbreviations, AttributeSpecification, DW_AT_name, DW_FORM_strp, DwTag, Encoding};

/// What an abbreviation says of the entries that use it.
pub(crate) struct EntryShape {
    pub(crate) tag: DwTag,
    pub(crate) has_children: bool,
    /// Where in the entry the name stands as an offset into `.debug_str`, counted from the end of the abbreviation's code.
    pub(crate) name_at: Option<u16>,
    /// The length of what comes before the first attribute whose length is not fixed: most often, of all attributes.
    fixed: u32,
    /// The rest.
    steps: Box<[Step]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Bytes(usize),
    Number,
    Text,
    /// A block that begins with its length: a number of that many bytes, or of any.
    Block(Option<usize>),
    /// An attribute that says its own form.
    Unknown,
}

/// The shapes of a unit's abbreviations, by their code.
pub(crate) struct EntryShapes(Vec<EntryShape>);

impl EntryShapes {
    /// Compilers number abbreviations without gaps from 1 on; those behind a gap are left out.
    pub(crate) fn new(abbreviations: &Abbreviations, encoding: Encoding) -> Self {
        let shape = |abbreviation: &gimli::Abbreviation| {
            let mut steps: Vec<Step> = Vec::new();
            let mut name_at = None;
            for specification in abbreviation.attributes() {
                if specification.name() == DW_AT_name && specification.form() == DW_FORM_strp {
                    name_at = match steps[..] {
                        [] => Some(0),
                        [Step::Bytes(length)] => u16::try_from(length).ok(),
                        _ => None,
                    };
                }
                match (steps.last_mut(), step(specification, encoding)) {
                    (Some(Step::Bytes(length)), Step::Bytes(more)) => *length += more,
                    (_, Step::Bytes(0)) => {}
                    (_, step) => steps.push(step),
                }
            }
            let fixed = match steps.first() {
                Some(Step::Bytes(length)) => *length as u32,
                _ => 0,
            };
            let steps = steps.into_iter().skip(usize::from(fixed > 0)).collect();
            EntryShape { tag: abbreviation.tag(), has_children: abbreviation.has_children(), name_at, fixed, steps }
        };
        EntryShapes((1..).map_while(|code| abbreviations.get(code)).map(shape).collect())
    }

    pub(crate) fn get(&self, code: u64) -> Option<&EntryShape> {
        self.0.get(usize::try_from(code).ok()?.checked_sub(1)?)
    }
}

impl EntryShape {
    /// What follows the attributes; `None` if they do not fit.
    #[inline]
    pub(crate) fn pass<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let rest = bytes.get(self.fixed as usize..)?;
        if self.steps.is_empty() { Some(rest) } else { self.pass_steps(rest) }
    }

    fn pass_steps<'a>(&self, mut bytes: &'a [u8]) -> Option<&'a [u8]> {
        for step in &self.steps {
            bytes = match *step {
                Step::Bytes(length) => bytes.get(length..)?,
                Step::Number => number(bytes)?.1,
                Step::Text => &bytes[memchr::memchr(0, bytes)? + 1..],
                Step::Block(None) => {
                    let (length, rest) = number(bytes)?;
                    rest.get(usize::try_from(length).ok()?..)?
                }
                // The debug info of all targets that have such blocks in it is little-endian; of others it does not fit.
                Step::Block(Some(width)) => {
                    let length =
                        bytes.get(..width)?.iter().rev().fold(0, |length, byte| length << 8 | usize::from(*byte));
                    bytes.get(width..)?.get(length..)?
                }
                Step::Unknown => return None,
            };
        }
        Some(bytes)
    }
}

/// A number of variable length, and what follows it.
#[inline]
pub(crate) fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    match bytes {
        [only, rest @ ..] if *only < 0x80 => Some((u64::from(*only), rest)),
        [low, high, rest @ ..] if *high < 0x80 => Some((u64::from(low & 0x7f) | u64::from(*high) << 7, rest)),
        _ => long_number(bytes),
    }
}

#[cold]
fn long_number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0u64;
    for (index, byte) in bytes.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f).checked_shl(7 * index as u32)?;
        if byte & 0x80 == 0 {
            return Some((value, &bytes[index + 1..]));
        }
    }
    None
}

fn step(specification: &AttributeSpecification, encoding: Encoding) -> Step {
    use gimli::constants::*;

    let word = usize::from(encoding.format.word_size());
    let address = usize::from(encoding.address_size);
    match specification.form() {
        DW_FORM_flag_present | DW_FORM_implicit_const => Step::Bytes(0),
        DW_FORM_data1 | DW_FORM_ref1 | DW_FORM_flag | DW_FORM_strx1 | DW_FORM_addrx1 => Step::Bytes(1),
        DW_FORM_data2 | DW_FORM_ref2 | DW_FORM_strx2 | DW_FORM_addrx2 => Step::Bytes(2),
        DW_FORM_strx3 | DW_FORM_addrx3 => Step::Bytes(3),
        DW_FORM_data4 | DW_FORM_ref4 | DW_FORM_strx4 | DW_FORM_addrx4 | DW_FORM_ref_sup4 => Step::Bytes(4),
        DW_FORM_data8 | DW_FORM_ref8 | DW_FORM_ref_sig8 | DW_FORM_ref_sup8 => Step::Bytes(8),
        DW_FORM_data16 => Step::Bytes(16),
        DW_FORM_addr => Step::Bytes(address),
        DW_FORM_ref_addr if encoding.version <= 2 => Step::Bytes(address),
        DW_FORM_ref_addr | DW_FORM_sec_offset | DW_FORM_strp | DW_FORM_line_strp | DW_FORM_strp_sup
        | DW_FORM_GNU_ref_alt | DW_FORM_GNU_strp_alt => Step::Bytes(word),
        DW_FORM_udata
        | DW_FORM_sdata
        | DW_FORM_ref_udata
        | DW_FORM_strx
        | DW_FORM_addrx
        | DW_FORM_loclistx
        | DW_FORM_rnglistx
        | DW_FORM_GNU_str_index
        | DW_FORM_GNU_addr_index => Step::Number,
        DW_FORM_string => Step::Text,
        DW_FORM_exprloc | DW_FORM_block => Step::Block(None),
        DW_FORM_block1 => Step::Block(Some(1)),
        DW_FORM_block2 => Step::Block(Some(2)),
        DW_FORM_block4 => Step::Block(Some(4)),
        _ => Step::Unknown,
    }
}
