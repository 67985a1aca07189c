//! What a unit of debug info says of coroutines, before it is understood.

/// A place in `.debug_info`: which of the files of debug info, and the offset in its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EntryRef {
    pub(crate) dwarf: u32,
    pub(crate) offset: usize,
}

/// Where a unit describes the type of a coroutine.
#[derive(Clone, Debug)]
pub(crate) struct FoundCoroutine<'a> {
    pub(crate) unit: usize,
    /// In the section.
    pub(crate) offset: usize,
    /// From the crate inwards.
    pub(crate) namespaces: Vec<&'a str>,
    pub(crate) name: &'a str,
    pub(crate) size: Option<u64>,
    /// Where its body begins.
    pub(crate) line: Option<u32>,
}

/// Where a unit describes the function that polls a coroutine.
#[derive(Clone, Debug)]
pub(crate) struct FoundPollFunction<'a> {
    pub(crate) unit: usize,
    /// In the section.
    pub(crate) offset: usize,
    pub(crate) namespaces: Vec<&'a str>,
    pub(crate) name: &'a str,
    pub(crate) linkage_name: Option<&'a str>,
    /// Where its body begins.
    pub(crate) line: Option<u32>,
    /// Whether it is the description of compiled code, in which variables have places.
    pub(crate) has_code: bool,
}

/// What is said of the type of a coroutine.
#[derive(Clone, Debug)]
pub(crate) struct RawCoroutine<'a> {
    pub(crate) unit: usize,
    pub(crate) size: Option<u64>,
    pub(crate) align: Option<u64>,
    pub(crate) discriminant: Option<(u64, EntryRef)>,
    pub(crate) variants: Vec<RawVariant>,
    pub(crate) layouts: Vec<RawLayout<'a>>,
    /// Entries inside of it that are of an unknown shape.
    pub(crate) unknown: u64,
}

/// One variant of the variant part: which state it is, and which of the structs describes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawVariant {
    pub(crate) discriminant: Option<u64>,
    pub(crate) layout: Option<EntryRef>,
    pub(crate) file: Option<u64>,
    pub(crate) line: Option<u32>,
}

/// One of the structs inside of the coroutine.
#[derive(Clone, Debug)]
pub(crate) struct RawLayout<'a> {
    pub(crate) entry: EntryRef,
    pub(crate) name: &'a str,
    pub(crate) members: Vec<RawMember<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RawMember<'a> {
    pub(crate) name: &'a str,
    pub(crate) type_entry: Option<EntryRef>,
    pub(crate) align: Option<u64>,
    pub(crate) offset: Option<u64>,
}

/// What is said of the function that polls a coroutine.
#[derive(Clone, Debug)]
pub(crate) struct RawPollFunction<'a> {
    pub(crate) unit: usize,
    pub(crate) variables: Vec<RawVariable<'a>>,
    /// The scope around each scope; scope 0 is the function.
    pub(crate) scopes: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RawVariable<'a> {
    pub(crate) name: &'a str,
    pub(crate) type_entry: Option<EntryRef>,
    pub(crate) align: Option<u64>,
    pub(crate) line: Option<u32>,
    pub(crate) file: Option<u64>,
    /// From the start of the coroutine, where it is stored there and the function was compiled without optimisation.
    pub(crate) offset: Option<u64>,
    /// An index into the scopes of the function.
    pub(crate) scope: u32,
}

/// The id by which coroutines and their poll functions are joined.
pub(crate) fn qualified(namespaces: &[&str], name: &str) -> String {
    let length = namespaces.iter().map(|part| part.len() + 2).sum::<usize>() + name.len();
    let mut path = String::with_capacity(length);
    for part in namespaces {
        path.push_str(part);
        path.push_str("::");
    }
    path.push_str(name);
    path
}
