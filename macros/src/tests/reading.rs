//! What is read of a type is what there is: the projection, read by syn, has its fields, variants and parameters.

use crate::projection::{self, Door};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, Fields, Item};

/// The type `P` among what the derive makes of this.
fn projected(item: &TokenStream) -> DeriveInput {
    let output = projection::derive(quote!(#[pin(project = P, unpinned)] #item), Door::Derive);
    let file: syn::File = syn::parse2(output.clone()).unwrap_or_else(|error| panic!("{item}\n{error}\n{output}"));
    let named = file.items.into_iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == "P" => Some(item.into()),
        Item::Enum(item) if item.ident == "P" => Some(item.into()),
        _ => None,
    });
    named.unwrap_or_else(|| panic!("{item}\n{output}"))
}

/// What the two must have in common.
fn outline(item: &DeriveInput) -> Vec<String> {
    let fields = |fields: &Fields| {
        fields.members().map(|member| member.to_token_stream().to_string()).collect::<Vec<_>>().join(" ")
    };
    let mut outline: Vec<_> = match &item.data {
        Data::Struct(item) => vec![fields(&item.fields)],
        Data::Enum(item) => item
            .variants
            .iter()
            .map(|variant| {
                let (name, style) = (&variant.ident, std::mem::discriminant(&variant.fields));
                format!("{name} {style:?} {}", fields(&variant.fields))
            })
            .collect(),
        Data::Union(_) => unreachable!(),
    };
    let lifetime = |parameter: &&syn::GenericParam| parameter.to_token_stream().to_string() != "'pin";
    outline
        .extend(item.generics.params.iter().filter(lifetime).map(|parameter| parameter.to_token_stream().to_string()));
    outline
}

#[track_caller]
fn is_read(item: TokenStream) {
    let written: DeriveInput = syn::parse2(item.clone()).unwrap_or_else(|error| panic!("{item}\n{error}"));
    let found = projected(&item);
    assert_eq!(outline(&written), outline(&found), "{item}");
    let predicates = |item: &DeriveInput| {
        let all = item.generics.where_clause.as_ref().map(|all| all.predicates.iter());
        let texts = all.into_iter().flatten().map(|predicate| predicate.to_token_stream().to_string());
        // The one that a projection adds.
        texts.filter(|text| !text.ends_with(": 'pin")).collect::<Vec<_>>()
    };
    assert_eq!(predicates(&written), predicates(&found), "{item}");
}

#[test]
fn an_arrow_closes_nothing() {
    is_read(quote!(
        struct S<F: Fn(u8) -> u8, T> {
            f: F,
            t: T,
        }
    ));
    is_read(quote!(
        struct S<F: Fn(u8) -> Vec<u8>, const N: usize = 3>(F, [u8; N]);
    ));
    is_read(quote!(
        struct S<T, F = fn(T) -> Vec<T>>(T, F);
    ));
    is_read(quote!(
        struct S<F>(F)
        where
            F: for<'a> Fn(&'a u8) -> &'a u8,
            F: Copy;
    ));
    is_read(quote!(
        struct S<T: Tr<Out = fn(u8) -> u8>, U> {
            f: Box<dyn Fn(T) -> U>,
            g: fn() -> (T, U),
            h: U,
        }
    ));
    is_read(quote!(
        enum E<F>
        where
            F: Fn() -> Option<u8>,
        {
            A(F, fn() -> Option<u8>),
            B { f: F },
        }
    ));
}

#[test]
fn the_braces_of_a_macro_are_no_body() {
    // It is refused, and that is the only mistake: the rest is read.
    let item = quote!(
        struct S<T>
        where
            m! { T }: Sized,
            T: Copy,
        {
            t: T,
        }
    );
    let output = projection::derive(quote!(#[pin(unpinned)] #item), Door::Derive).to_string();
    assert_eq!(output.matches("compile_error").count(), 1, "{output}");
    is_read(quote!(
        struct S<T>
        where
            T: Fn() -> &'static mut !,
        {
            t: T,
        }
    ));
    is_read(quote!(
        struct S<'a, T>
        where
            T: Fn() -> &'a !,
        {
            t: &'a T,
        }
    ));
    is_read(quote!(
        struct S<T: Tr<{ 1 }>>
        where
            [T; { 2 }]: Tr<{ 3 }>,
        {
            t: m! { T },
            u: T,
        }
    ));
}

#[test]
fn discriminants_end_at_their_comma() {
    let discriminants = [
        quote!(1 << 0),
        quote!((1 < 2) as isize),
        quote!(a::<X, Y>()),
        quote!(<T as Tr<A, B>>::C),
        quote!(-<<T as Tr<A, B>>::C as Tr<A, B>>::C),
        quote!(x as Vec<A, B>),
        quote!(x as *const Vec<A, B> as usize),
        quote!(x as fn(A) -> Vec<A, B> as isize),
        quote!(x as unsafe extern "C" fn(A, B) as isize),
        quote!(x as for<'a> fn(&'a A) -> <A as Tr<A, B>>::C as isize),
        quote!(x as [Vec<A, B>; 3] < y),
        quote!(x as isize <= 2),
        quote!(x as a::b::<A, B>::c<A, B>),
        quote!(x as m!(a, b) < c),
        quote!({ 1 + 2 }),
        quote!(if a < b { 1 } else { 2 }),
        quote!(if let A | B = a { 1 } else { 2 }),
        quote!(
            match a {
                _ => 1,
            } < c
        ),
        quote!((|a, b| a < b)(c, d)),
        quote!(|a, b: Vec<A, B>| a < b),
        quote!(move |A { a, b }: A<A, B>, _| -> Vec<A, B> { a }),
        quote!(|| a || b),
        quote!(a || |b, c| d < e),
        quote!(for<'a, 'b> |x: &'a A| -> &'b B { x }),
        quote!(a < <T as Tr<A, B>>::C),
        quote!(a << b << <T as Tr<A, B>>::C),
        quote!(a >= b >> c),
        quote!(a..<T as Tr<A, B>>::C),
        quote!(..=b),
        quote!(a.b::<A, B>().c < d),
        quote!(a.await? < b),
        quote!('a: loop {
            break 'a <T as Tr<A, B>>::C;
        }),
        quote!(
            #[a(b, c)]
            <T as Tr<A, B>>::C
        ),
        quote!(A::<A, B> { a, b }.c),
        quote!(m!(a, b) < c),
        quote!(&raw const a < b),
        quote!(const { a } < b),
        quote!(async move { a } < b),
        quote!(async { a } < b),
        quote!(async |a, b: A<B, C>| a < b),
        quote!(async move |a, b| a < b),
        quote!(return <T as Tr<A, B>>::C),
        quote!(r#if < b),
        quote!('<' as isize),
    ];
    for discriminant in discriminants {
        let alone = format!("{discriminant}");
        is_read(quote!(enum E { A = #discriminant, B(u8) = #discriminant, C { c: u8 } = #discriminant, D }));
        let fragment = TokenTree::Group(Group::new(Delimiter::None, alone.parse().unwrap()));
        is_read(quote!(enum E { A = #fragment < b, B(u8) = b < #fragment, C { c: u8 } = f::<A, B>(#fragment), D }));
    }
}

/// As they are with `feature(default_field_values)`.
#[test]
fn default_values_end_at_their_comma() {
    is_read(quote!(
        struct S { a: Vec<u8> = v::<A, B>(), b: bool = 1 < 2, c: u8 = if a < b { 1 } else { 2 }, d: u8 }
    ));
}

#[test]
fn names_may_be_raw() {
    is_read(quote!(
        struct r#struct<'r#a, r#type, const r#const: usize> {
            r#fn: &'r#a r#type,
            r#where: [u8; r#const],
        }
    ));
    is_read(quote!(
        enum r#enum {
            r#impl(u8),
            r#dyn { r#pub: u8 },
            r#in = 3,
        }
    ));
    let output = projection::derive(
        quote!(
            struct S<'r#pin> {
                #[r#pin]
                a: &'r#pin u8,
            }
        ),
        Door::Derive,
    )
    .to_string();
    assert!(output.contains("struct __SProjection < 'pin_"), "{output}");
    assert!(output.contains("a : :: pinsight :: __private :: Pin"), "{output}");
    for repr in [quote!(#[repr(r#packed)]), quote!(#[r#repr(packed)]), quote!(#[r#repr(C, r#packed(2))])] {
        let output = projection::derive(quote!(#repr struct S { #[pin] a: u8 }), Door::Derive).to_string();
        assert!(output.contains("because it is packed"), "{output}");
    }
}

#[test]
fn fragments_are_opened() {
    let group = |inner: TokenStream| TokenTree::Group(Group::new(Delimiter::None, inner));
    let (none, public) = (group(quote!()), group(quote!(pub)));
    let (a, long) = (group(quote!('a)), group(quote!((crate::A, u8))));
    is_read(quote!(#none struct S<#a: 'static, T>(#public T, #none &#a u8, #public #long, pub #long);));
    let item = group(quote!(#public enum E<#a> { #none A { a: &#a u8 }, #none B(#long) }));
    is_read(quote!(#[doc = ""] #item));
    let pin = group(quote!(pin));
    let output = projection::derive(quote!(struct S(#[#pin] #long, u8);), Door::Derive).to_string();
    assert_eq!(output.matches(":: pinned (").count(), 1, "{output}");
}

/// What a group held together stays together when the compiler has dropped the group.
#[test]
fn fragments_are_held_together() {
    let object = TokenTree::Group(Group::new(Delimiter::None, quote!(dyn A<B = C> + Send)));
    let output = projection::derive(quote!(struct S<'a> { a: &'a #object, b: *const #object }), Door::Derive);
    let output = output.to_string();
    assert!(output.contains("& 'a (dyn A < B = C > + Send)"), "{output}");
    assert!(output.contains("* const (dyn A < B = C > + Send)"), "{output}");

    // `Self` makes brackets be written anew.
    let group = |inner: TokenStream| TokenTree::Group(Group::new(Delimiter::None, inner));
    let (sum, minus, cast, path) =
        (group(quote!(1 + 1)), group(quote!(-1)), group(quote!(x as u8)), group(quote!(a::b)));
    let length = quote!(2 * #sum + #minus * #path / #cast + f(#sum, #path(1)) + Self::N);
    let output = projection::derive(quote!(#[pin(project = P)] struct S { a: [*const Self; #length] }), Door::Derive);
    let expected = quote!(2 * (1 + 1) + -1 * a::b / (x as u8) + f(1 + 1, a::b(1)) + <S>::N);
    let squeezed = |tokens: TokenStream| tokens.to_string().replace(' ', "");
    assert!(squeezed(output.clone()).contains(&squeezed(expected)), "{output}");
}

/// In an item of its own, `Self` is that item.
#[test]
fn self_in_a_nested_item_is_not_the_type() {
    let length = quote!({
        struct X;
        #[a]
        impl X {
            fn f(x: impl Into<Self>) -> Self {
                X
            }
        }
        unsafe impl<T> Tr<{ 1 }> for X
        where
            T: Tr<{ 2 }>,
        {
            const C: Self = X;
        }
        pub(crate) trait Tr {
            type T: Into<Self>;
        }
        union U {
            a: *const Self,
        }
        fn f(x: impl Into<Type<Self>>) -> [Self; 1] {
            Self::C
        }
        union as usize + m!(Self) + <Self as Tr>::C
    });
    let output = projection::derive(quote!(#[pin(project = P)] struct S<T> { #[pin] a: [T; #length] }), Door::Derive);
    let expected = quote!({
        struct X;
        #[a]
        impl X {
            fn f(x: impl Into<Self>) -> Self {
                X
            }
        }
        unsafe impl<T> Tr<{ 1 }> for X
        where
            T: Tr<{ 2 }>,
        {
            const C: Self = X;
        }
        pub(crate) trait Tr {
            type T: Into<Self>;
        }
        union U {
            a: *const Self,
        }
        fn f(x: impl Into<Type<S<T>>>) -> [S<T>; 1] {
            <S<T>>::C
        }
        union as usize + m!(S<T,>) + <S<T> as Tr>::C
    });
    let squeezed = |tokens: TokenStream| tokens.to_string().replace(' ', "").replace(",>", ">");
    let (output, expected) = (squeezed(output), squeezed(expected));
    assert!(output.contains(&expected), "{output}\n{expected}");
}
