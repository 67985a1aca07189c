//! The structs, enums and aliases of a package.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;

use super::Field;
use crate::Package;
use crate::types::{Classes, Generics, KnownType, OwnTypes, classes_of, mentions};

/// All definitions, by their names.
pub(super) struct Definitions<'p> {
    package: &'p Package,
    found: BTreeMap<String, Vec<Definition>>,
    copied: BTreeSet<String>,
    dropped: BTreeSet<String>,
}

struct Definition {
    kind: Kind,
    /// By name, or by number.
    fields: Vec<(String, syn::Type)>,
    generics: Generics,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Struct,
    Enum,
    Alias,
}

impl<'p> Definitions<'p> {
    pub(super) fn of(files: &[syn::File], package: &'p Package) -> Self {
        let mut definitions =
            Definitions { package, found: BTreeMap::new(), copied: BTreeSet::new(), dropped: BTreeSet::new() };
        files.iter().for_each(|file| definitions.visit_file(file));
        definitions
    }

    /// The classes of each type; those of a field may be those of another type of the package.
    pub(super) fn classes(&self) -> OwnTypes {
        /// A type inside of more types than that is not looked into.
        const DEPTH: usize = 6;
        let mut known = OwnTypes::new();
        for _ in 0..DEPTH {
            let of_name = |(name, definitions): (&String, &Vec<Definition>)| {
                let classes = definitions.iter().map(|definition| self.classes_of(name, definition, &known));
                (name.clone(), classes.reduce(|one, other| one | other).unwrap_or(Classes::NAMED))
            };
            let next = self.found.iter().map(of_name).collect();
            if next == known {
                break;
            }
            known = next;
        }
        known
    }

    fn classes_of(&self, name: &str, definition: &Definition, types: &OwnTypes) -> Classes {
        let mut fields = definition.fields.iter().map(|(_, ty)| classes_of(ty, &definition.generics, types));
        match definition.kind {
            Kind::Alias => fields.next().unwrap_or(Classes::ANY),
            _ if self.copied.contains(name) => Classes::COPY,
            _ if self.dropped.contains(name) => Classes::DROP,
            // It is not `Copy`, whatever its fields are.
            Kind::Struct | Kind::Enum => {
                fields.fold(Classes::MOVE, Classes::with).narrowed(Classes::MOVE | Classes::DROP)
            }
        }
    }

    /// The fields of each struct whose name is the only one.
    pub(super) fn fields(&self, types: &OwnTypes) -> BTreeMap<String, Vec<Field>> {
        let mut fields = BTreeMap::new();
        for (name, definitions) in &self.found {
            if let [definition] = &definitions[..]
                && definition.kind == Kind::Struct
            {
                let parameters = definition.generics.names();
                let field = |(name, ty): &(String, syn::Type)| Field {
                    name: name.clone(),
                    ty: KnownType::new(ty).filter(|_| !mentions(ty, &parameters)),
                    classes: classes_of(ty, &definition.generics, types),
                };
                fields.insert(name.clone(), definition.fields.iter().map(field).collect());
            }
        }
        fields
    }

    fn add(
        &mut self,
        name: &syn::Ident,
        attributes: &[syn::Attribute],
        generics: &syn::Generics,
        kind: Kind,
        fields: Vec<(String, syn::Type)>,
    ) {
        if !self.package.is_active(attributes) {
            return;
        }
        if derives_copy(attributes) {
            self.copied.insert(name.to_string());
        }
        let mut known = Generics::default();
        known.add(generics);
        self.found.entry(name.to_string()).or_default().push(Definition { kind, fields, generics: known });
    }
}

impl Visit<'_> for Definitions<'_> {
    fn visit_item_struct(&mut self, item: &syn::ItemStruct) {
        let active = item.fields.iter().enumerate().filter(|(_, field)| self.package.is_active(&field.attrs));
        let name = |number: usize, field: &syn::Field| match &field.ident {
            Some(name) => name.to_string(),
            None => number.to_string(),
        };
        let fields = active.map(|(number, field)| (name(number, field), field.ty.clone())).collect();
        self.add(&item.ident, &item.attrs, &item.generics, Kind::Struct, fields);
    }

    fn visit_item_enum(&mut self, item: &syn::ItemEnum) {
        let active = item.variants.iter().filter(|variant| self.package.is_active(&variant.attrs));
        let fields = active.flat_map(|variant| &variant.fields);
        let fields = fields.map(|field| (String::new(), field.ty.clone())).collect();
        self.add(&item.ident, &item.attrs, &item.generics, Kind::Enum, fields);
    }

    fn visit_item_type(&mut self, item: &syn::ItemType) {
        let aliased = vec![(String::new(), (*item.ty).clone())];
        self.add(&item.ident, &item.attrs, &item.generics, Kind::Alias, aliased);
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        let (Some((implemented, _)), syn::Type::Path(path)) = (&item.trait_, &*item.self_ty) else { return };
        let (Some(implemented), Some(own)) = (implemented.segments.last(), path.path.segments.last()) else { return };
        match implemented.ident.to_string().as_str() {
            "Drop" => self.dropped.insert(own.ident.to_string()),
            "Copy" => self.copied.insert(own.ident.to_string()),
            _ => false,
        };
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
