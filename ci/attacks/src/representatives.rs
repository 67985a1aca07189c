//! The items whose expansions are read for names.

use crate::item::{Arguments, DOORS, Item, Place, Shape};

/// Items for every combination of door, arguments and shape that changes what is generated; a few of them are those that
/// introduce every name at least once.
pub(crate) fn representatives(few: bool) -> Vec<Item> {
    let forms = [
        (Shape::Named, Place::Middle, ""),
        (Shape::Enum, Place::Middle, ""),
        (Shape::Named, Place::Last, ""),
        (Shape::Tuple, Place::Middle, ""),
        (Shape::Named, Place::Middle, "pub"),
    ];
    let mut items = Vec::new();
    for door in DOORS {
        for (shape, place, visibility) in forms.into_iter().take(if few { 2 } else { forms.len() }) {
            for arguments in argument_sets() {
                let plain = Item {
                    arguments,
                    shape,
                    place,
                    visibility,
                    parameters: "QxF".into(),
                    uses: "QxF".into(),
                    pinned: "QxF".into(),
                    unpinned: "QxU".into(),
                    ..Item::new(door)
                };
                let opaque = Item { pinned: "qx_ty!(QxF)".into(), ..plain.clone() };
                let generic = Item {
                    parameters: "'qx_l, QxF: ?Sized".into(),
                    uses: "'qx_l, QxF".into(),
                    pinned: "QxB<QxF>".into(),
                    ..plain.clone()
                };
                let all = [opaque, plain, generic].into_iter().take(if few { 1 } else { 3 });
                items.extend(all.filter(Item::is_possible));
            }
        }
    }
    items
}

/// The arguments in all combinations that are worth being tried.
pub(crate) fn argument_sets() -> Vec<Arguments> {
    let none = Arguments::default();
    let named = Arguments { project: true, project_ref: true, ..none.clone() };
    let path = |arguments: &Arguments| Arguments { path: Some("::pinsight".into()), ..arguments.clone() };
    let mut sets = vec![
        none.clone(),
        named.clone(),
        Arguments { project: true, ..none.clone() },
        Arguments { project_ref: true, ..none.clone() },
        Arguments { project_replace: true, ..named.clone() },
        Arguments { pinned_drop: true, ..named.clone() },
        Arguments { unsafe_unpin: true, ..named.clone() },
        Arguments { unsafe_unpin: true, pinned_drop: true, ..named.clone() },
        Arguments { not_unpin: true, ..named.clone() },
        Arguments { visibility: "pub", ..named.clone() },
    ];
    let with_path: Vec<_> = sets.iter().take(8).map(path).collect();
    sets.extend(with_path);
    sets
}

/// What stands around the representatives. No word of it may be one of the engine's.
pub(crate) fn around(item: &Item, decoys: &str) -> String {
    let item = Item { below: decoys.to_owned(), ..item.clone() };
    let text = item.text().replace("::arsenal::PhantomData", "QxM").replace("::arsenal::Pin", "::qx_pin::Pin");
    let text = text.replace("::arsenal::drops();", "");
    format!(
        "use ::core::marker::PhantomData as QxM; use ::core::pin as qx_pin; pub struct QxU; pub struct QxB<T: ?Sized>(QxM<T>);\n\
         macro_rules! qx_ty {{ ($qx_t:ty) => {{ $qx_t }} }}\n{}\n",
        text.replace("::qx_pin", "qx_pin")
    )
}
