//! Source files to types: the text of each declaration, with `#[pin]` before some of its fields.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt::{Display, Formatter};
use std::fs;
use std::ops::Range;
use std::path::Path;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Attribute, Fields, ItemEnum, ItemStruct, ItemUnion, Macro};

/// A struct, an enum or a union.
pub(crate) struct Type {
    pub(crate) place: String,
    /// What the file says, so that spaces between signs are those of a programmer.
    pub(crate) text: String,
    pub(crate) item: syn::DeriveInput,
}

pub(crate) enum Found<'a> {
    Type(&'a Type),
    /// The body of a `pin_project! { … }`, and where it stands.
    Call(&'a str, &'a TokenStream),
}

#[derive(Default)]
pub(crate) struct Counts {
    folders: usize,
    files: usize,
    /// Test data, mostly.
    not_rust: usize,
    fields: usize,
    pinned: usize,
    variants: usize,
    discriminants: usize,
}

impl Display for Counts {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        let Self { folders, files, not_rust, fields, pinned, variants, discriminants } = self;
        write!(
            formatter,
            "{folders} packages, {files} files ({not_rust} that syn does not parse), {fields} fields of which {pinned} are \
             pinned, {variants} variants of which {discriminants} have a discriminant"
        )
    }
}

pub(crate) struct Sources {
    pub(crate) counts: Counts,
    random: u64,
}

impl Sources {
    pub(crate) fn new(seed: u64) -> Self {
        Self { counts: Counts::default(), random: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// Every type in the `.rs` files of a package.
    pub(crate) fn visit(&mut self, folder: &Path, then: &mut dyn FnMut(Found<'_>)) {
        self.counts.folders += 1;
        self.visit_folder(folder, then);
    }

    fn visit_folder(&mut self, folder: &Path, then: &mut dyn FnMut(Found<'_>)) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.visit_folder(&path, then);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                self.visit_file(&path, then);
            }
        }
    }

    fn visit_file(&mut self, path: &Path, then: &mut dyn FnMut(Found<'_>)) {
        let Ok(text) = fs::read_to_string(path) else { return };
        self.counts.files += 1;
        let text = without_first_line(&text);
        match syn::parse_str::<syn::File>(text) {
            Ok(file) => {
                let mut declarations = Declarations { text, path, sources: self, then };
                declarations.visit_file(&file);
            }
            Err(_) => self.counts.not_rust += 1,
        }
        // Whatever was kept about the text of this file is not needed again.
        proc_macro2::extra::invalidate_current_thread_spans();
    }

    fn flips_a_coin(&mut self) -> bool {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random >> 63 == 1
    }
}

/// Places in the text are counted without these.
fn without_first_line(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.starts_with("#!") && !text.starts_with("#![") {
        text.find('\n').map_or("", |end| &text[end..])
    } else {
        text
    }
}

struct Declarations<'a> {
    text: &'a str,
    path: &'a Path,
    sources: &'a mut Sources,
    then: &'a mut dyn FnMut(Found<'_>),
}

impl Visit<'_> for Declarations<'_> {
    fn visit_item_struct(&mut self, item: &ItemStruct) {
        let mut edits = Edits::of(&item.attrs);
        self.pin_some(&item.fields, &mut edits);
        self.found(item, edits);
        syn::visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &ItemEnum) {
        let mut edits = Edits::of(&item.attrs);
        for variant in &item.variants {
            self.sources.counts.variants += 1;
            self.sources.counts.discriminants += usize::from(variant.discriminant.is_some());
            edits.remove_ours(&variant.attrs);
            self.pin_some(&variant.fields, &mut edits);
        }
        self.found(item, edits);
        syn::visit::visit_item_enum(self, item);
    }

    fn visit_item_union(&mut self, item: &ItemUnion) {
        self.found(item, Edits::of(&item.attrs));
        syn::visit::visit_item_union(self, item);
    }

    fn visit_macro(&mut self, call: &Macro) {
        if call.path.segments.last().is_some_and(|last| last.ident == "pin_project") {
            let place = format!("{}:{}", self.path.display(), call.path.span().start().line);
            (self.then)(Found::Call(&place, &call.tokens));
        }
    }
}

impl Declarations<'_> {
    fn pin_some(&mut self, fields: &Fields, edits: &mut Edits) {
        for field in fields {
            self.sources.counts.fields += 1;
            edits.remove_ours(&field.attrs);
            if self.sources.flips_a_coin() {
                self.sources.counts.pinned += 1;
                edits.list.push((field.span().byte_range().start..field.span().byte_range().start, "#[pin] "));
            }
        }
    }

    fn found(&mut self, item: &(impl Spanned + ToTokens), edits: Edits) {
        let place = format!("{}:{}", self.path.display(), item.span().start().line);
        let text = edits.applied_to(self.text, item.span().byte_range());
        match syn::parse_str(&text) {
            Ok(item) => (self.then)(Found::Type(&Type { place, text, item })),
            Err(error) => panic!("{place}: after adding `#[pin]`: {error}\n{text}"),
        }
    }
}

/// Changes of a text, in the order of their places.
struct Edits {
    list: Vec<(Range<usize>, &'static str)>,
}

impl Edits {
    fn of(attributes: &[Attribute]) -> Self {
        let mut edits = Self { list: Vec::new() };
        edits.remove_ours(attributes);
        edits
    }

    /// A type that is projected already: by us, that is.
    fn remove_ours(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            if ["pin", "pin_project"].iter().any(|name| attribute.path().is_ident(name)) {
                self.list.push((attribute.span().byte_range(), ""));
            }
        }
    }

    fn applied_to(mut self, text: &str, whole: Range<usize>) -> String {
        self.list.sort_by_key(|(place, _)| (place.start, place.end));
        let mut output = String::new();
        let mut done = whole.start;
        for (place, inserted) in self.list {
            output.push_str(&text[done..place.start]);
            output.push_str(inserted);
            done = place.end;
        }
        output.push_str(&text[done..whole.end]);
        output
    }
}
