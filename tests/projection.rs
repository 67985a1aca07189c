//! Every form of type, through all three doors: what is projected, and to what.

#![allow(missing_docs, unreachable_pub, clippy::non_minimal_cfg)]

use pinsight::{PinProject, pin_project};
use std::marker::PhantomData;
use std::pin::{Pin, pin};

/// A constant, a static and a unit struct with the names of fields: a binding of that name would be a pattern.
mod names_in_scope {
    use super::*;

    #[allow(non_upper_case_globals)]
    const future: u8 = 1;
    #[allow(non_upper_case_globals)]
    static retries: u8 = 2;
    #[allow(non_camel_case_types)]
    struct name;

    #[derive(PinProject)]
    struct Task<F> {
        #[pin]
        future: F,
        retries: u32,
        name: &'static str,
    }

    #[test]
    fn fields_may_be_named_like_items() {
        let mut task = pin!(Task { future: 3, retries: 4, name: "five" });
        let this = task.as_mut().project();
        *this.retries += u32::from(future) + u32::from(retries);
        let _ = name;
        assert_eq!((*this.future, *this.retries, *this.name), (3, 7, "five"));
    }
}

#[derive(PinProject)]
#[pin(project_ref)]
struct Tuple<T, U>(#[pin] T, U);
#[derive(PinProject)]
struct Unit;
#[derive(PinProject)]
struct EmptyTuple();
#[derive(PinProject)]
#[pin(project = EmptyProj)]
struct Empty {}
#[derive(PinProject)]
enum NoVariants {}
#[derive(PinProject)]
#[pin(project_ref)]
enum Numbered {
    One = 1,
    Two = 2,
}

#[test]
fn structs_of_every_style() {
    let mut tuple = pin!(Tuple(1, 2));
    let this = tuple.as_mut().project();
    let _: Pin<&mut i32> = this.0;
    *this.1 = 3;
    assert_eq!(*tuple.as_ref().project_ref().1, 3);
    pin!(Unit).project();
    pin!(EmptyTuple()).project();
    let EmptyProj {} = pin!(Empty {}).project();
    assert!(matches!(pin!(Numbered::One).project(), NumberedProj::One));
    assert!(matches!(pin!(Numbered::Two).as_ref().project_ref(), NumberedProjRef::Two));
    assert_eq!(size_of::<Option<NoVariants>>(), 0);
}

#[derive(PinProject)]
#[pin(project_ref, project_replace)]
enum Enum<T, U> {
    Named {
        #[pin]
        pinned: T,
        plain: U,
    },
    Tuple(#[pin] T, U),
    Unit,
}

#[test]
fn enums_have_default_names() {
    let mut value = pin!(Enum::Named { pinned: 1, plain: 2 });
    match value.as_mut().project() {
        EnumProj::Named { pinned, plain } => {
            let _: Pin<&mut i32> = pinned;
            *plain = 5;
        }
        EnumProj::Tuple(..) | EnumProj::Unit => unreachable!(),
    }
    assert!(matches!(value.as_ref().project_ref(), EnumProjRef::Named { plain: 5, .. }));
    match value.as_mut().project_replace(Enum::Tuple(7, 8)) {
        EnumProjOwn::Named { pinned: PhantomData, plain } => assert_eq!(plain, 5),
        EnumProjOwn::Tuple(..) | EnumProjOwn::Unit => unreachable!(),
    }
    assert!(matches!(value.as_mut().project_replace(Enum::Unit), EnumProjOwn::Tuple(PhantomData, 8)));
    assert!(matches!(value.project(), EnumProj::Unit));
}

trait Source {
    type Item;
    const LEN: usize;
}
impl Source for u8 {
    type Item = u16;
    const LEN: usize = 3;
}

#[derive(PinProject)]
#[pin(pub project = GenericProj, project_ref = GenericProjRef)]
pub struct Generic<'pin, 'a: 'pin, T: Iterator<Item = Vec<&'a U>>, U = u8, const N: usize = 2>
where
    for<'b> fn(&'b T) -> &'b U: Sized,
    U: 'a,
{
    #[pin]
    iterator: T,
    array: [&'a U; N],
    shared: &'pin str,
    function: for<'b> fn(&'b U) -> &'b U,
    object: Box<dyn Fn(u8) -> u8 + 'a>,
    last: <Vec<&'a U> as IntoIterator>::Item,
}

#[test]
fn generics_of_every_kind() {
    let (one, two) = (1_u8, 2_u8);
    let mut generic = pin!(Generic::<_, u8, 2> {
        iterator: vec![vec![&one]].into_iter(),
        array: [&one, &two],
        shared: "shared",
        function: |it| it,
        object: Box::new(|it| it + 1),
        last: &two,
    });
    let GenericProj { iterator, array, function, object, .. } = generic.as_mut().project();
    assert_eq!(iterator.get_mut().next(), Some(vec![&one]));
    assert_eq!((*array[1], *function(&two), object(1)), (2, 2, 2));
    assert_eq!((*generic.as_ref().project_ref().shared, **generic.as_ref().project_ref().last), ("shared", 2));
}

#[derive(PinProject)]
#[pin(project = SelfishProj)]
struct Selfish<S: Source>
where
    Self: Sized,
{
    #[pin]
    next: Option<Box<Self>>,
    item: S::Item,
    of_trait: PhantomData<fn(Self) -> Self>,
}

#[derive(PinProject)]
#[pin(project = CountedProj)]
struct Counted {
    #[pin]
    bytes: [u8; Self::LEN],
}
impl Counted {
    const LEN: usize = 4;
}

#[test]
fn self_means_the_type_and_not_its_projection() {
    let mut value = pin!(Selfish::<u8> { next: None, item: u8::LEN as u16, of_trait: PhantomData });
    let SelfishProj { mut next, item, of_trait } = value.as_mut().project();
    next.set(Some(Box::new(Selfish { next: None, item: 1, of_trait: *of_trait })));
    *item += 1;
    assert_eq!(value.item, 4);
    assert!(value.next.is_some());
    assert_eq!(pin!(Counted { bytes: [0; 4] }).project().bytes.len(), 4);
}

#[derive(PinProject)]
#[pin(project_ref)]
struct Unsized<T: ?Sized> {
    n: u8,
    #[pin]
    last: T,
}

#[test]
fn the_last_field_may_be_unsized() {
    let mut value: Pin<Box<Unsized<[u8]>>> = Box::pin(Unsized { n: 1, last: [2, 3] });
    let this = value.as_mut().project();
    *this.n = 9;
    this.last.get_mut()[0] = 7;
    assert_eq!((value.n, &value.last), (9, &[7, 3][..]));
    let function: Pin<Box<Unsized<dyn Fn() -> u8>>> = Box::pin(Unsized { n: 0, last: || 5 });
    assert_eq!((function.as_ref().project_ref().last.get_ref())(), 5);
}

#[derive(PinProject)]
struct r#Struct<T> {
    #[pin]
    r#type: T,
    r#fn: u8,
}

#[derive(PinProject)]
struct Configured<T> {
    #[cfg_attr(all(), pin)]
    kept: T,
    #[cfg(any())]
    removed: DoesNotExist,
    #[cfg(all())]
    also: u8,
}

#[derive(PinProject)]
enum ConfiguredEnum<T> {
    #[cfg(any())]
    Removed(DoesNotExist),
    Kept(#[cfg_attr(all(), pin)] T, #[cfg(any())] DoesNotExist),
}

#[pin_project(project = ByAttributeProj)]
enum ByAttribute<T> {
    #[cfg(any())]
    Removed(DoesNotExist),
    Kept(#[cfg_attr(all(), pin)] T),
}

#[test]
fn raw_names_and_configuration() {
    let mut raw = pin!(r#Struct { r#type: 1, r#fn: 2 });
    let _: Pin<&mut i32> = raw.as_mut().project().r#type;
    *raw.as_mut().project().r#fn = 3;
    let mut configured = pin!(Configured { kept: 1, also: 2 });
    let _: Pin<&mut i32> = configured.as_mut().project().kept;
    assert_eq!(*configured.project().also, 2);
    let configured = pin!(ConfiguredEnum::Kept(1));
    let ConfiguredEnumProj::Kept(kept) = configured.project();
    let _: Pin<&mut i32> = kept;
    let by_attribute = pin!(ByAttribute::Kept(1));
    let ByAttributeProj::Kept(kept) = by_attribute.project();
    let _: Pin<&mut i32> = kept;
}

macro_rules! dyn_box {
    ($ty:ty) => { Box<$ty> };
}
macro_rules! declare {
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident<$parameter:ident> {
        $(#[$on_field:meta])* $field:ident: $ty:ty, $($other:ident: $other_ty:ty),*
    }) => {
        $(#[$attribute])*
        #[derive(PinProject)]
        #[pin(project = DeclaredProj)]
        $visibility struct $name<$parameter> { $(#[$on_field])* $visibility $field: $ty, $($other: $other_ty),* }
    };
}
declare! {
    /// Documented.
    pub struct Declared<T> {
        #[pin]
        field: Option<T>, other: dyn_box!(T)
    }
}
#[test]
fn items_made_by_macros() {
    let mut declared = pin!(Declared { field: Some(1), other: Box::new(2) });
    let DeclaredProj { field, other } = declared.as_mut().project();
    let _: Pin<&mut Option<i32>> = field;
    **other += 1;
    assert_eq!(*declared.other, 3);
}

/// Names that the generated code could trip over, if it were not careful.
mod odd_names {
    pub mod core {}
    pub mod std {}
    pub mod pinsight {}
    #[allow(dead_code)]
    pub struct Pin;

    #[allow(non_camel_case_types)]
    #[derive(::pinsight::PinProject)]
    pub struct Odd<__pinsight, _pinsight, T> {
        #[pin]
        pub __pinsight_0: __pinsight,
        pub __pinsight_1: _pinsight,
        #[pin]
        pub this: T,
    }
}

#[test]
fn odd_names() {
    let mut odd = pin!(odd_names::Odd { __pinsight_0: 1, __pinsight_1: 2, this: 3 });
    let this = odd.as_mut().project();
    let _: (Pin<&mut i32>, Pin<&mut i32>) = (this.__pinsight_0, this.this);
    *this.__pinsight_1 = 5;
    assert_eq!(odd.__pinsight_1, 5);
}

mod re_exported {
    pub mod deep {
        pub use pinsight as renamed;
    }

    #[derive(pinsight::PinProject)]
    #[pin(crate = self::deep::renamed, project_replace = TakenApart)]
    pub(super) struct ByPath<T> {
        #[pin]
        pub(super) pinned: T,
        pub(super) plain: String,
    }
}

#[test]
fn the_crate_may_be_named_by_a_path() {
    let mut value = pin!(re_exported::ByPath { pinned: 1, plain: String::from("old") });
    let old = value.as_mut().project_replace(re_exported::ByPath { pinned: 2, plain: String::from("new") });
    assert_eq!((old.plain.as_str(), value.project().plain.as_str()), ("old", "new"));
}

pinsight::lite::pin_project! {
    /// Without the limits of the peer.
    #[derive(Debug)]
    #[project = LiteProj]
    #[project_ref = LiteProjRef]
    struct Lite<T, const N: usize = { 1 + 1 }> {
        /// Documented.
        #[pin]
        pinned: T,
        #[cfg(any())]
        removed: DoesNotExist,
        array: [u8; N],
        next: Option<Box<Self>>,
    }
}
pinsight::lite::pin_project! {
    #[project = LiteTupleProj]
    struct LiteTuple<T>(#[pin] T, pub u8) where T: Copy;
}

#[test]
fn lite_has_no_limits() {
    let mut lite = pin!(Lite { pinned: 1, array: [1, 2], next: None });
    let LiteProj { pinned, array, next } = lite.as_mut().project();
    let _: (Pin<&mut i32>, &mut Option<Box<Lite<i32>>>) = (pinned, next);
    array[0] = 5;
    assert_eq!(lite.as_ref().project_ref().array, &[5, 2]);
    let tuple = pin!(LiteTuple(1, 2));
    let LiteTupleProj(_, plain) = tuple.project();
    assert_eq!(*plain, 2);
}
