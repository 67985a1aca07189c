//! Fakes of the engine's own items: in a module that re-exports all that is real and replaces one thing.

use crate::harvest::{Harvest, path_of};
use crate::random::Random;

/// A module like the real one, but for one item.
#[derive(Clone, Debug)]
pub(crate) struct Fake {
    pub(crate) kind: String,
    /// The path to the item's module, and its name.
    pub(crate) module: Vec<String>,
    pub(crate) name: String,
    /// The item.
    pub(crate) text: String,
    /// What it is to the user: they may implement it for their type.
    pub(crate) is_trait: Option<&'static str>,
}

impl Fake {
    /// What is in the fake: all of `real`, and the fake item.
    pub(crate) fn contents(&self, real: &str) -> String {
        contents(real, &self.module, &self.text)
    }

    /// The same without the fake item.
    pub(crate) fn honest_contents(&self, real: &str) -> String {
        contents(real, &self.module, "")
    }

    pub(crate) fn label(&self) -> String {
        self.module.iter().chain([&self.name]).map(String::as_str).collect::<Vec<_>>().join("::")
    }
}

/// All that is real, without one item: what still compiles does not look it up.
pub(crate) fn without(harvest: &Harvest, real: &str, module: &[String], name: &str) -> String {
    let rest: Vec<&str> =
        harvest.private.iter().filter(|(m, n)| m == module && n != name).map(|(_, n)| n.as_str()).collect();
    let path: String = module.iter().map(|segment| format!("::{segment}")).collect();
    let list = format!("pub use {real}{path}::{{ {} }};", rest.join(", "));
    match module.split_last() {
        None => list,
        Some((last, outer)) => contents(real, outer, &format!("pub mod {last} {{ {list} }}")),
    }
}

fn contents(real: &str, module: &[String], text: &str) -> String {
    let mut contents = format!("pub use {real}::*; ");
    let mut path = real.to_owned();
    for segment in module {
        path += &format!("::{segment}");
        contents += &format!("pub mod {segment} {{ pub use {path}::*; ");
    }
    contents + text + &" }".repeat(module.len())
}

/// Every kind of fake that can stand where this item stands: a type for a type, with as many parameters.
fn of(harvest: &Harvest, root: &str, item: &(Vec<String>, String), others: &[String]) -> Vec<Fake> {
    let kinds = harvest.kinds.get(&path_of(root, item)).cloned().unwrap_or_default();
    let is = |kind: String| kinds.contains(&kind);
    let is_type = kinds.iter().any(|kind| kind.starts_with('t'));
    let fits = |fake: &Fake| {
        let first = fake.kind.split(' ').next().unwrap_or_default();
        match first.trim_end_matches(['l', '1', '2']) {
            "trait" => is(first.to_owned()),
            "struct" | "alias" => {
                let form = first.trim_start_matches("struct").trim_start_matches("alias");
                is(format!("type{form}")) || is("value".into()) && ["", "1"].contains(&form)
            }
            "something" => is_type,
            "unsafe" | "identity" | "constant" => is("value".into()),
            "another" => true,
            _ => kinds.is_empty(),
        }
    };
    let mut all = every(&item.0, &item.1, &harvest.members, others);
    all.retain(fits);
    all
}

/// Every kind of fake there is. `members` are names that generated code may look for in it.
fn every(module: &[String], name: &str, members: &[String], others: &[String]) -> Vec<Fake> {
    let mut all = Vec::new();
    let mut add = |kind: &str, text: String, is_trait: Option<&'static str>| {
        all.push(Fake { kind: kind.to_owned(), module: module.to_vec(), name: name.to_owned(), text, is_trait });
    };
    let list = |text: &str| members.iter().map(|member| text.replace('@', member)).collect::<String>();
    let generics = [
        ["", "", ""],
        ["1", "<A: ?::arsenal::Sized>", "<u8>"],
        ["l", "<'a>", "<'static>"],
        ["l1", "<'a, A: ?::arsenal::Sized>", "<'static, u8>"],
        ["2", "<A: ?::arsenal::Sized, B: ?::arsenal::Sized>", "<u8, u8>"],
    ];
    for [label, parameters, given] in generics {
        let with = |more: &str| match parameters.strip_suffix('>') {
            Some(open) => format!("{open}, {more}>"),
            None => format!("<{more}>"),
        };
        let own = parameters.replace(": ?::arsenal::Sized", "");
        let given = Some(given);
        add(&format!("trait{label} of nobody"), format!("pub trait {name}{parameters} {{}}"), given);
        let all_types = with("T: ?::arsenal::Sized");
        add(
            &format!("trait{label} of everybody"),
            format!("pub trait {name}{parameters} {{}} impl{all_types} {name}{own} for T {{}}"),
            None,
        );
        add(
            &format!("trait{label} with functions"),
            format!(
                "pub trait {name}{parameters} {{ {} }}",
                list("fn @<Q, R>(_: Q) -> R where Self: ::arsenal::Sized { ::arsenal::stop() } ")
            ),
            given,
        );
        add(
            &format!("trait{label} with unsafe constants"),
            format!(
                "pub trait {name}{parameters}: ::arsenal::Sized {{ {} }}",
                list("const @: unsafe fn(::arsenal::Pin<&mut Self>) = ::victim::pin; ")
            ),
            given,
        );
        add(
            &format!("trait{label} with types"),
            format!("pub trait {name}{parameters} {{ {} }}", list("type @; ")),
            None,
        );
        for member in members.iter().filter(|member| member.starts_with("__")) {
            add(
                &format!("trait{label} with one type, of nobody"),
                format!("pub trait {name}{parameters} {{ type {member}; }}"),
                None,
            );
        }
        let fields = match label {
            "" => "",
            "1" => "(pub ::arsenal::PhantomData<*const A>)",
            "l" => "(pub ::arsenal::PhantomData<&'a ()>)",
            "l1" => "(pub ::arsenal::PhantomData<&'a ()>, pub ::arsenal::PhantomData<*const A>)",
            _ => "(pub ::arsenal::PhantomData<*const A>, pub ::arsenal::PhantomData<*const B>)",
        };
        add(&format!("struct{label}"), format!("pub struct {name}{parameters}{fields};"), None);
        add(
            &format!("struct{label} with unsafe constants"),
            format!(
                "pub struct {name}{parameters}{fields}; impl{parameters} {name}{own} {{ {} }}",
                list("pub const @: unsafe fn(&mut ()) -> &mut () = ::victim::one_mut; ")
            ),
            None,
        );
        let of_first = match label {
            "" => "u8",
            "l" => "<u8 as ::arsenal::Always<'a>>::Byte",
            "1" => "<A as ::arsenal::Always<'static>>::Byte",
            "l1" => "<A as ::arsenal::Always<'a>>::Byte",
            _ => "<A as ::arsenal::Always<'static>>::Byte",
        };
        if label != "2" {
            add(&format!("alias{label} of a byte"), format!("pub type {name}{own} = {of_first};"), None);
        }
        if label == "1" || label == "l1" {
            add(
                &format!("alias{label} of its parameter"),
                format!("pub type {name}{own} = {};", of_first.replace("Byte", "Same")),
                None,
            );
            add(
                &format!("alias{label} of nothing"),
                format!("pub type {name}{own} = {};", of_first.replace("Byte", "Unit")),
                None,
            );
        }
    }
    add("trait with drop code, of nobody", format!("pub trait {name} {{ fn drop(&mut self); }}"), None);
    for other in [
        "Send",
        "Sized",
        "Unpin",
        "Copy",
        "Drop",
        "Deref",
        "Pinned",
        "PhantomData",
        "Pin",
        "Box",
        "Ind",
        "Evil",
        "Always",
    ] {
        add("something of core", format!("pub use ::arsenal::{other} as {name};"), None);
    }
    for (kind, function) in
        [("one", "one"), ("two", "two"), ("none", "none"), ("one by reference", "one_mut"), ("one pin", "pin")]
    {
        add(&format!("unsafe function of {kind}"), format!("pub use ::victim::{function} as {name};"), None);
    }
    add("identity", format!("pub const fn {name}<T>(value: T) -> T {{ value }}"), None);
    add("constant", format!("pub const {name}: unsafe fn(&mut ()) -> &mut () = ::victim::one_mut;"), None);
    add("macro", format!("macro_rules! {name} {{ ($($t:tt)*) => {{}} }} pub use {name};"), None);
    add("attribute", format!("pub use ::arsenal_macros::nothing as {name};"), None);
    add("derive", format!("pub use ::arsenal_macros::Nothing as {name};"), None);
    add("module", format!("pub mod {name} {{}}"), None);
    for other in others.iter().filter(|other| *other != name) {
        let path: String = module.iter().map(|segment| format!("{segment}::")).collect();
        add("another one of them", format!("pub use ::pinsight::{path}{other} as {name};"), None);
    }
    all
}

/// Fakes of every private item. Of those by another item of the same kind, one in `others`.
pub(crate) fn of_private(harvest: &Harvest, others: usize) -> Vec<Fake> {
    let mut all = Vec::new();
    let kinds = |item: &(Vec<String>, String)| harvest.kinds.get(&path_of("pinsight", item));
    for item in &harvest.private {
        let alike = harvest.private.iter().filter(|other| other.0 == item.0 && kinds(other) == kinds(item));
        let names: Vec<String> = alike.map(|(_, name)| name.clone()).collect();
        let mut random = Random::new(3, &item.1);
        let fakes = of(harvest, "pinsight", item, &names).into_iter();
        all.extend(fakes.filter(|fake| fake.kind != "another one of them" || random.one_in(others)));
    }
    all
}

/// Fakes of what is named in `core`.
pub(crate) fn of_core(harvest: &Harvest) -> Vec<Fake> {
    harvest.core.iter().flat_map(|item| of(harvest, "core", item, &[])).collect()
}
