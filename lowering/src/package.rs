//! What the definitions of a package say about types and functions, by their names: which types need drop, which methods take
//! their receiver by value, what a function returns. A name that is defined in two ways says nothing.

use std::collections::BTreeMap;

use syn::visit::Visit;
use syn::{FnArg, ReceiverKind, ReturnType};

use crate::types::{Classes, Generics, Known, Receiver, classes_of, may_lend, mentions};
use crate::{Cfg, Prediction, Source, find};

/// The sources of a package, whose definitions are known to each other.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub(crate) cfg: Option<Cfg>,
    types: BTreeMap<String, Classes>,
    /// The fields of each struct, in their order.
    fields: BTreeMap<String, Vec<Field>>,
    functions: BTreeMap<String, Function>,
    macros: Vec<String>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    /// `None` if it mentions a parameter.
    ty: Option<Known>,
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
    output: Option<Known>,
}

impl Package {
    /// Reads the definitions in the texts of files; a text that does not parse has none. `cfg` says which of them are compiled;
    /// without it all of them count.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>, cfg: Option<Cfg>) -> Self {
        let files: Vec<syn::File> = texts.into_iter().filter_map(|text| syn::parse_file(text).ok()).collect();
        let mut package = Package { cfg, ..Package::default() };
        let mut structures = Structures { package: &package, found: BTreeMap::new() };
        files.iter().for_each(|file| structures.visit_file(file));
        let found = structures.found;
        package.types = resolve(&found);
        package.fields = fields(&found, &package);
        let mut functions = Functions {
            package: &package,
            generics: Generics::default(),
            own: None,
            found: BTreeMap::new(),
            macros: Vec::new(),
        };
        files.iter().for_each(|file| functions.visit_file(file));
        let Functions { found, macros, .. } = functions;
        package.functions = found;
        package.macros = macros;
        package
    }

    /// As [`predict_file`](crate::predict_file), with what is known of the package.
    ///
    /// # Errors
    ///
    /// If the text is not a Rust file.
    pub fn predict_file(&self, text: &str, source: &Source) -> syn::Result<Vec<Prediction>> {
        Ok(find::find(&syn::parse_file(text)?, source, self))
    }

    pub(crate) fn is_active(&self, attributes: &[syn::Attribute]) -> bool {
        self.cfg.as_ref().is_none_or(|cfg| cfg.is_active(attributes))
    }

    pub(crate) fn type_classes(&self, name: &str) -> Option<Classes> {
        self.types.get(name).copied()
    }

    /// The type of a field.
    pub(crate) fn field(&self, of_type: &str, name: &str) -> Option<Known> {
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
    pub(crate) fn output(&self, function: &str) -> Option<Known> {
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

/// A type's own part in its classes, and the types of its fields.
#[derive(Clone, Default)]
struct Structure {
    is_copy: bool,
    has_drop: bool,
    fields: Vec<(String, syn::Type, Generics)>,
    is_alias: bool,
    is_struct: bool,
}

struct Structures<'p> {
    package: &'p Package,
    found: BTreeMap<String, Structure>,
}

impl Structures<'_> {
    fn add(
        &mut self,
        name: &syn::Ident,
        attributes: &[syn::Attribute],
        generics: &syn::Generics,
        fields: Vec<(String, syn::Type)>,
    ) {
        if !self.package.is_active(attributes) {
            return;
        }
        let mut known = Generics::default();
        known.add(generics);
        let structure = self.found.entry(name.to_string()).or_default();
        structure.is_copy |= derives_copy(attributes);
        structure.fields.extend(fields.into_iter().map(|(name, field)| (name, field, known.clone())));
    }
}

impl Visit<'_> for Structures<'_> {
    fn visit_item_struct(&mut self, item: &syn::ItemStruct) {
        let active = item.fields.iter().enumerate().filter(|(_, field)| self.package.is_active(&field.attrs));
        let name = |number: usize, field: &syn::Field| match &field.ident {
            Some(name) => name.to_string(),
            None => number.to_string(),
        };
        let fields = active.map(|(number, field)| (name(number, field), field.ty.clone())).collect();
        self.add(&item.ident, &item.attrs, &item.generics, fields);
        self.found.entry(item.ident.to_string()).or_default().is_struct = true;
    }

    fn visit_item_enum(&mut self, item: &syn::ItemEnum) {
        let fields = item
            .variants
            .iter()
            .flat_map(|variant| &variant.fields)
            .map(|field| (String::new(), field.ty.clone()))
            .collect();
        self.add(&item.ident, &item.attrs, &item.generics, fields);
    }

    fn visit_item_type(&mut self, item: &syn::ItemType) {
        self.add(&item.ident, &item.attrs, &item.generics, vec![(String::new(), (*item.ty).clone())]);
        self.found.entry(item.ident.to_string()).or_default().is_alias = true;
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        let (Some((implemented, _)), syn::Type::Path(path)) = (&item.trait_, &*item.self_ty) else { return };
        let (Some(implemented), Some(own)) = (implemented.segments.last(), path.path.segments.last()) else { return };
        let structure = match implemented.ident.to_string().as_str() {
            "Drop" | "Copy" => self.found.entry(own.ident.to_string()).or_default(),
            _ => return,
        };
        structure.has_drop |= implemented.ident == "Drop";
        structure.is_copy |= implemented.ident == "Copy";
    }
}

fn derives_copy(attributes: &[syn::Attribute]) -> bool {
    let mut is_copy = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let _ = attribute.parse_nested_meta(|derived| {
            is_copy |= derived.path.segments.last().is_some_and(|last| last.ident == "Copy");
            Ok(())
        });
    }
    is_copy
}

/// The classes of each type; those of a field may be those of another type of the package.
fn resolve(structures: &BTreeMap<String, Structure>) -> BTreeMap<String, Classes> {
    let mut known: BTreeMap<String, Classes> = BTreeMap::new();
    // Each round gets one level deeper; what refers to itself stays as it is.
    for _ in 0..6 {
        let mut next = BTreeMap::new();
        for (name, structure) in structures {
            let package = Package { types: known.clone(), ..Package::default() };
            let of_field = |(_, field, generics): &(String, syn::Type, Generics)| classes_of(field, generics, &package);
            let classes = match structure {
                Structure { is_copy: true, .. } => Classes::COPY,
                Structure { has_drop: true, .. } => Classes::DROP,
                Structure { is_alias: true, fields, .. } => match &fields[..] {
                    [alias] => of_field(alias),
                    _ => Classes::ANY,
                },
                Structure { fields, .. } => {
                    // It is not `Copy`, whatever its fields are.
                    let inside = fields.iter().map(of_field).fold(Classes::MOVE, Classes::with);
                    inside.narrowed(Classes::MOVE | Classes::DROP)
                }
            };
            next.insert(name.clone(), classes);
        }
        if next == known {
            break;
        }
        known = next;
    }
    known
}

fn fields(structures: &BTreeMap<String, Structure>, package: &Package) -> BTreeMap<String, Vec<Field>> {
    let field = |(name, ty, generics): &(String, syn::Type, Generics)| Field {
        name: name.clone(),
        ty: Known::new(ty).filter(|_| !mentions(ty, &generics.names())),
        classes: classes_of(ty, generics, package),
    };
    let structs = structures.iter().filter(|(_, structure)| structure.is_struct);
    structs.map(|(name, structure)| (name.clone(), structure.fields.iter().map(field).collect())).collect()
}

struct Functions<'p> {
    package: &'p Package,
    generics: Generics,
    /// The type of the impl around.
    own: Option<String>,
    found: BTreeMap<String, Function>,
    macros: Vec<String>,
}

impl Functions<'_> {
    fn add(&mut self, signature: &syn::Signature, attributes: &[syn::Attribute]) {
        if !self.package.is_active(attributes) {
            return;
        }
        let mut generics = self.generics.clone();
        generics.add(&signature.generics);
        let receiver = match signature.inputs.first() {
            Some(FnArg::Receiver(receiver)) => match &receiver.kind {
                ReceiverKind::Reference(..) => Some(Receiver::ByReference),
                ReceiverKind::Typed(_, ty) if matches!(**ty, syn::Type::Reference(_)) => Some(Receiver::ByReference),
                _ => Some(Receiver::ByValue),
            },
            _ => None,
        };
        let (returns, lends) = match &signature.output {
            // The future of an async function holds all that it was given.
            _ if signature.asyncness.is_some() => (Classes::DROP, true),
            ReturnType::Default => (Classes::COPY, false),
            ReturnType::Type(_, ty) => (self.returned(ty, &generics), may_lend(ty)),
        };
        let name = signature.ident.to_string();
        let qualified = self.own.as_ref().map(|own| format!("{own}::{name}"));
        let output = self.output(signature, &generics);
        for name in qualified.into_iter().chain([name]) {
            self.add_named(name, Function { receiver, returns, lends, output: output.clone() });
        }
    }

    /// `Self` is the type of the impl.
    fn returned(&self, ty: &syn::Type, generics: &Generics) -> Classes {
        match (ty, &self.own) {
            (syn::Type::Path(path), Some(own)) if path.path.is_ident("Self") => {
                self.package.type_classes(own).unwrap_or(Classes::NAMED)
            }
            _ => classes_of(ty, generics, self.package),
        }
    }

    fn output(&self, signature: &syn::Signature, generics: &Generics) -> Option<Known> {
        let ReturnType::Type(_, ty) = &signature.output else { return None };
        let known = match (&**ty, &self.own) {
            (syn::Type::Path(path), Some(own)) if path.path.is_ident("Self") => Known::new(&syn::parse_str(own).ok()?)?,
            _ => Known::new(ty)?,
        };
        let mut parameters = generics.names();
        parameters.push("Self".to_owned());
        let ty = known.ty()?;
        if mentions(ty, &parameters) {
            return None;
        }
        Some(if signature.asyncness.is_some() { Known::FutureOf(ty.clone()) } else { known })
    }

    fn add_named(&mut self, name: String, function: Function) {
        let Function { receiver, returns, lends, output } = function;
        match self.found.get_mut(&name) {
            None => {
                self.found.insert(name, Function { receiver, returns, lends, output });
            }
            Some(known) => {
                known.returns = known.returns | returns;
                known.lends |= lends;
                known.output = known.output.take().filter(|known| Some(known) == output.as_ref());
                if receiver.is_some() && known.receiver != receiver {
                    known.receiver = Some(match known.receiver {
                        None => receiver.unwrap_or(Receiver::Unknown),
                        Some(_) => Receiver::Unknown,
                    });
                }
            }
        }
    }

    fn inside(&mut self, generics: &syn::Generics, visit: impl FnOnce(&mut Self)) {
        let around = self.generics.clone();
        self.generics.add(generics);
        visit(self);
        self.generics = around;
    }
}

impl Visit<'_> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &syn::ItemFn) {
        self.add(&function.sig, &function.attrs);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &syn::ImplItemFn) {
        self.add(&function.sig, &function.attrs);
    }

    fn visit_trait_item_fn(&mut self, function: &syn::TraitItemFn) {
        self.add(&function.sig, &function.attrs);
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        let own = find::type_name(&item.self_ty);
        let around = self.own.replace(own);
        self.inside(&item.generics, |functions| syn::visit::visit_item_impl(functions, item));
        self.own = around;
    }

    fn visit_item_trait(&mut self, item: &syn::ItemTrait) {
        self.inside(&item.generics, |functions| syn::visit::visit_item_trait(functions, item));
    }

    fn visit_item_macro(&mut self, item: &syn::ItemMacro) {
        self.macros.extend(item.ident.as_ref().map(ToString::to_string));
    }
}
