//! The ways in which tokens of the user's get into an item: as they stand, through fragments, out of macros.

use crate::lex::is_keyword;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wrap {
    Direct,
    /// `r#name`.
    Raw,
    /// The whole item comes out of a macro.
    WholeItem,
    /// `$qx:ty` and so on.
    Fragment(&'static str),
    /// `$($qx:tt)*`.
    TokenTrees,
    /// Only the name is a fragment.
    Name(&'static str),
    /// `qx_ty!()`, whose expansion nobody sees.
    TypeMacro,
    /// `$qx!()` with `$qx:path` or `$qx:ident`.
    TypeMacroBy(&'static str),
    /// `$qx`, which is `qx_ty!()` as one fragment.
    TypeMacroIn(&'static str),
    /// `qx_id!(tokens)`, which the macro gives back.
    MacroArgument,
    /// A procedural macro, whose tokens stand nowhere.
    Spelled,
    /// `<qx_ty!() as ::arsenal::Always<'static>>::Same`.
    QualifiedMacro,
    /// An attribute above that of the door puts the name in.
    RewrittenAbove,
    /// One below: a derive sees what was before.
    RewrittenBelow,
    /// As a type in an array length, put in by an attribute on a statement.
    RewrittenInLength,
    /// As a type in an array length.
    InLength,
    /// As a type in an array length, out of a macro for expressions.
    MacroInLength,
}

pub(crate) const WRAPS: &[Wrap] = &[
    Wrap::Direct,
    Wrap::Raw,
    Wrap::WholeItem,
    Wrap::Fragment("ty"),
    Wrap::Fragment("path"),
    Wrap::TokenTrees,
    Wrap::Name("ident"),
    Wrap::Name("tt"),
    Wrap::Name("path"),
    Wrap::TypeMacro,
    Wrap::TypeMacroBy("path"),
    Wrap::TypeMacroBy("ident"),
    Wrap::TypeMacroBy("tt"),
    Wrap::TypeMacroIn("ty"),
    Wrap::MacroArgument,
    Wrap::Spelled,
    Wrap::QualifiedMacro,
    Wrap::RewrittenAbove,
    Wrap::RewrittenBelow,
    Wrap::RewrittenInLength,
    Wrap::InLength,
    Wrap::MacroInLength,
];

impl Wrap {
    /// The program in which `tokens` stand where `build` puts them. `build` is given what stands there, and attributes
    /// for above and below that of the door. `name` is the word in `tokens` that is under attack.
    pub(crate) fn around(self, tokens: &str, name: &str, build: &dyn Fn(&str, &str, &str) -> String) -> Option<String> {
        let plain = |text: &str| build(text, "", "");
        let make = |fragment: &str, inner: &str, argument: &str| {
            format!("macro_rules! qx_make {{ ({fragment}) => {{ {} }} }}\nqx_make! {{ {argument} }}\n", plain(inner))
        };
        let macro_of = |tokens: &str| format!("macro_rules! qx_ty {{ () => {{ {tokens} }} }}\n");
        let is_path = !tokens.starts_with(['<', '(', '[', '&']) && !tokens.contains('!');
        let length = |inner: &str| format!("<::arsenal::Sel<{{ {inner} }}> as ::arsenal::Pick<()>>::Out");
        let size = |ty: &str| format!("::arsenal::size::<{ty}>()");
        Some(match self {
            Wrap::Direct => plain(tokens),
            Wrap::Raw if is_keyword(name) => return None,
            Wrap::Raw if !name.starts_with('\'') => plain(&replace_word(tokens, name, &format!("r#{name}"))?),
            Wrap::WholeItem => format!("macro_rules! qx_all {{ () => {{ {} }} }}\nqx_all!();\n", plain(tokens)),
            Wrap::Fragment("path") if !is_path => return None,
            Wrap::Fragment(kind) => make(&format!("$qx:{kind}"), "$qx", tokens),
            Wrap::TokenTrees => make("$($qx:tt)*", "$($qx)*", tokens),
            Wrap::Name("path") if tokens != name => return None,
            Wrap::Name(kind) if !name.starts_with('\'') => {
                make(&format!("$qx:{kind}"), &replace_word(tokens, name, "$qx")?, name)
            }
            Wrap::Name("tt") => make("$qx:lifetime", &tokens.replace(name, "$qx"), name),
            Wrap::TypeMacro => macro_of(tokens) + &plain("qx_ty!()"),
            Wrap::TypeMacroBy(kind) => macro_of(tokens) + &make(&format!("$qx:{kind}"), "$qx!()", "qx_ty"),
            Wrap::TypeMacroIn(kind) => macro_of(tokens) + &make(&format!("$qx:{kind}"), "$qx", "qx_ty!()"),
            Wrap::MacroArgument => {
                format!(
                    "macro_rules! qx_id {{ ($($qx:tt)*) => {{ $($qx)* }} }}\n{}",
                    plain(&format!("qx_id!({tokens})"))
                )
            }
            Wrap::Spelled => plain(&format!("::arsenal_macros::spell!(\"{tokens}\")")),
            Wrap::QualifiedMacro => macro_of(tokens) + &plain("<qx_ty!() as ::arsenal::Always<'static>>::Same"),
            Wrap::Raw => plain(&tokens.replace(name, &name.replace('\'', "'r#"))),
            Wrap::RewrittenAbove | Wrap::RewrittenBelow | Wrap::RewrittenInLength if name.starts_with('\'') => {
                return None;
            }
            Wrap::RewrittenAbove => build(
                &replace_word(tokens, name, "qx_word")?,
                &format!("#[::arsenal_macros::rename(\"qx_word\" => \"{name}\")]\n"),
                "",
            ),
            Wrap::RewrittenBelow => build(
                &replace_word(tokens, name, "qx_word")?,
                "",
                &format!("#[::arsenal_macros::rename(\"qx_word\" => \"{name}\")]\n"),
            ),
            Wrap::RewrittenInLength => {
                let statement = format!("const QX: usize = {};", size(&replace_word(tokens, name, "qx_word")?));
                plain(&length(&format!("#[::arsenal_macros::rename(\"qx_word\" => \"{name}\")] {statement} QX")))
            }
            Wrap::InLength => plain(&length(&size(tokens))),
            Wrap::MacroInLength => {
                format!("macro_rules! qx_size {{ () => {{ {} }} }}\n{}", size(tokens), plain(&length("qx_size!()")))
            }
            _ => return None,
        })
    }

    /// Whether the engine cannot see the name: it stands nowhere in the item.
    pub(crate) fn hides(self) -> bool {
        let is_macro = matches!(self, Wrap::TypeMacro | Wrap::TypeMacroBy(_) | Wrap::TypeMacroIn(_) | Wrap::Spelled);
        is_macro || matches!(self, Wrap::QualifiedMacro | Wrap::RewrittenInLength | Wrap::MacroInLength)
    }

    /// Whether the type is a macro call, or has one in it.
    pub(crate) fn calls_a_macro(self) -> bool {
        self.hides() || self == Wrap::MacroArgument
    }

    /// Whether what comes out of it can only be a type.
    pub(crate) fn makes_types(self) -> bool {
        let is_macro = matches!(self, Wrap::TypeMacro | Wrap::TypeMacroBy(_) | Wrap::TypeMacroIn(_) | Wrap::Spelled);
        is_macro || matches!(self, Wrap::Fragment("ty") | Wrap::MacroArgument | Wrap::QualifiedMacro)
    }

    /// Whether the type is only measured, so that it has to be `Seven`, and cannot name a parameter.
    pub(crate) fn measures(self) -> bool {
        matches!(self, Wrap::RewrittenInLength | Wrap::InLength | Wrap::MacroInLength)
    }
}

/// `text` with one whole word replaced. `None` if the word is not in it.
fn replace_word(text: &str, word: &str, by: &str) -> Option<String> {
    let is_part = |c: Option<char>| c.is_some_and(|c| c == '_' || c.is_alphanumeric());
    let mut output = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        output += before;
        if is_part(output.chars().next_back()) || is_part(after.chars().next()) {
            output += word;
        } else {
            output += by;
            found = true;
        }
        rest = after;
    }
    found.then(|| output + rest)
}
