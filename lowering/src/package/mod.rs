//! What the definitions of a package say about types and functions, by their names: which types need drop, which methods take
//! their receiver by value, what a function returns. Where a name is defined more than once, what its definitions have in common
//! is known.

mod cfg;
mod definitions;
mod find;
mod functions;

use std::collections::BTreeMap;

pub use cfg::Cfg;

use definitions::Definitions;
use quote::ToTokens as _;

use crate::types::{Classes, KnownType, OwnTypes, Receiver};

/// The sources of a package, whose definitions are known to each other.
///
/// ```
/// use pinsight_lowering::{Cfg, Package, Source};
///
/// let texts = ["pub struct Id(u64);", "async fn f(id: Id) { op().await; } #[cfg(windows)] async fn g() {}"];
/// let cfg = Cfg::new(["unix".to_owned()]);
/// let package = Package::new(texts, Some(cfg));
/// let predictions = package.predict_file(texts[1], &Source::default())?;
/// assert_eq!(predictions.len(), 1, "`g` is not compiled");
/// # Ok::<(), syn::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub(crate) cfg: Option<Cfg>,
    types: OwnTypes,
    /// The fields of each struct, in their order.
    fields: BTreeMap<String, Vec<Field>>,
    functions: BTreeMap<String, Function>,
    macros: Vec<String>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    /// `None` if it mentions a parameter.
    ty: Option<KnownType>,
    classes: Classes,
}

/// What all functions of one name have in common.
#[derive(Clone, Debug)]
struct Function {
    receiver: Option<Receiver>,
    returns: Classes,
    /// Whether what it returns can hold a reference that it was given.
    lends: bool,
    /// Its type, if all functions of the name return the same, and it mentions no parameter.
    output: Option<KnownType>,
}

impl Package {
    /// Reads the definitions in the texts of files; a text that does not parse has none. `cfg` says which of them are compiled;
    /// without it all of them count.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>, cfg: Option<Cfg>) -> Self {
        let files: Vec<syn::File> = texts.into_iter().filter_map(|text| syn::parse_file(text).ok()).collect();
        let alone = Package { cfg, ..Package::default() };
        let definitions = Definitions::of(&files, &alone);
        let mut package = Package { types: definitions.classes(), ..alone.clone() };
        package.fields = definitions.fields(&package.types);
        (package.functions, package.macros) = functions::find(&files, &package);
        package
    }

    pub(crate) fn is_active(&self, attributes: &[syn::Attribute]) -> bool {
        self.cfg.as_ref().is_none_or(|cfg| cfg.is_active(attributes))
    }

    pub(crate) fn types(&self) -> &OwnTypes {
        &self.types
    }

    pub(crate) fn type_classes(&self, name: &str) -> Option<Classes> {
        self.types.get(name).copied()
    }

    /// The type of a field.
    pub(crate) fn field(&self, of_type: &str, name: &str) -> Option<KnownType> {
        self.fields.get(of_type)?.iter().find(|field| field.name == name)?.ty.clone()
    }

    /// The classes of a field.
    pub(crate) fn field_classes(&self, of_type: &str, name: &str) -> Option<Classes> {
        Some(self.fields.get(of_type)?.iter().find(|field| field.name == name)?.classes)
    }

    pub(crate) fn is_struct(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Whether a struct is nothing to drop any more once these fields are moved out; `None` if it is not known.
    pub(crate) fn is_emptied(&self, of_type: &str, moved: &[String]) -> Option<bool> {
        let others = self.fields.get(of_type)?.iter().filter(|field| !moved.contains(&field.name));
        let needs_drop = |field: &Field| field.classes.always_needs_drop();
        let mut is_known = true;
        for field in others {
            match needs_drop(field) {
                Some(true) => return Some(false),
                Some(false) => {}
                None => is_known = false,
            }
        }
        is_known.then_some(true)
    }

    /// The type that a function returns.
    pub(crate) fn output(&self, function: &str) -> Option<KnownType> {
        self.functions.get(function)?.output.clone()
    }

    /// How all methods of that name take their receiver, if all do it alike. `None` if there is none.
    pub(crate) fn receiver(&self, method: &str) -> Option<Receiver> {
        self.functions.get(method)?.receiver
    }

    /// What all functions of that name return, and whether that can hold a reference that they were given. The name of an
    /// associated one may have that of its type in front.
    pub(crate) fn returns(&self, function: &str) -> Option<(Classes, bool)> {
        let function = self.functions.get(function)?;
        Some((function.returns, function.lends))
    }

    /// Whether a macro of that name is the package's own.
    pub(crate) fn defines_macro(&self, name: &str) -> bool {
        self.macros.iter().any(|own| own == name)
    }
}

/// A type as part of a path: without its arguments.
fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        syn::Type::Reference(reference) => type_name(&reference.elem),
        other => other.to_token_stream().to_string(),
    }
}
