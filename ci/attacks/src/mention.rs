//! What a user can call by a given name, and how a type mentions it. What is mentioned is never `Unpin`.

/// A name with a meaning, and tokens with that name in them.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) kind: String,
    /// The user's items.
    pub(crate) items: String,
    /// The tokens that mention the name.
    pub(crate) tokens: String,
    /// The word in them, and the name or path under which the engine has it.
    pub(crate) name: String,
    pub(crate) key: String,
    /// Other parameters of the type than `F`: how they are declared, used, and given.
    pub(crate) parameters: Option<[String; 3]>,
}

impl Mention {
    fn new(kind: &str, name: &str, items: String, tokens: String) -> Self {
        Self { kind: kind.into(), items, tokens, name: name.into(), key: name.into(), parameters: None }
    }
}

/// The forms of generic parameters, declared and used, and a type that uses them all.
const GENERICS: [[&str; 4]; 6] = [
    ["", "", "", "::arsenal::Evil"],
    ["1", "<T>", "<F>", "::arsenal::Evil<T>"],
    ["l1", "<'a, T>", "<'static, F>", "::arsenal::Evil<(&'a (), T)>"],
    ["l", "<'a>", "<'static>", "::arsenal::Evil<&'a ()>"],
    ["2", "<T, U>", "<F, F>", "::arsenal::Evil<(T, U)>"],
    ["l2", "<'a, T, U>", "<'static, F, F>", "::arsenal::Evil<(&'a (), T, U)>"],
];

/// Everything that one word can be. `members` are what stands behind the name in paths of the engine.
pub(crate) fn of_word(name: &str, members: &[String]) -> Vec<Mention> {
    let evil = "::arsenal::Evil";
    let make = |ty: &str, parameters: &str| {
        let uses = parameters;
        format!(
            "impl{parameters} ::arsenal::Make for {ty}{uses} {{ fn make() -> Self {{ {ty}(::arsenal::Make::make()) }} }}\n"
        )
    };
    let mut all = Vec::new();
    let mut add = |kind: &str, items: String, tokens: String| all.push(Mention::new(kind, name, items, tokens));
    for [label, parameters, uses, evil] in GENERICS {
        let ty = format!("{name}{uses}");
        add(&format!("alias{label}"), format!("pub type {name}{parameters} = {evil};\n"), ty.clone());
        let newtype = format!("pub struct {name}{parameters}({evil});\n{}", make(name, parameters));
        add(&format!("struct{label}"), newtype.clone(), ty.clone());
        add(&format!("struct{label} in a carrier"), newtype, format!("::arsenal::Ind<{ty}>"));
    }
    add(
        "trait",
        format!(
            "pub trait {name} {{ type QxOut; }}\nimpl<T: ?::arsenal::Sized> {name} for T {{ type QxOut = {evil}<T>; }}\n"
        ),
        format!("<F as {name}>::QxOut"),
    );
    add(
        "associated type",
        format!(
            "pub trait QxT {{ type {name}; }}\nimpl<T: ?::arsenal::Sized> QxT for T {{ type {name} = {evil}<T>; }}\n"
        ),
        format!("<F as QxT>::{name}"),
    );
    add(
        "associated constant",
        format!("pub struct QxC;\nimpl QxC {{ pub const {name}: usize = 7; }}\n"),
        format!("<::arsenal::Sel<{{ QxC::{name} }}> as ::arsenal::Pick<F>>::Out"),
    );
    add(
        "constant",
        format!("pub const {name}: usize = 7;\n"),
        format!("<::arsenal::Sel<{{ {name} }}> as ::arsenal::Pick<F>>::Out"),
    );
    add("length", format!("pub const {name}: usize = 7;\n"), format!("[{evil}<F>; {name}]"));
    add(
        "static",
        format!("pub static {name}: usize = 7;\n"),
        format!("<::arsenal::Sel<{{ {name} }}> as ::arsenal::Pick<F>>::Out"),
    );
    add(
        "function",
        format!("pub const fn {name}() -> usize {{ 7 }}\n"),
        format!("<::arsenal::Sel<{{ {name}() }}> as ::arsenal::Pick<F>>::Out"),
    );
    add(
        "generic function",
        format!("pub const fn {name}<T: ::arsenal::Copy>(_: T) -> usize {{ 7 }}\n"),
        format!("<::arsenal::Sel<{{ {name}(1u8) }}> as ::arsenal::Pick<F>>::Out"),
    );
    add("macro", format!("macro_rules! {name} {{ () => {{ {evil}<F> }} }}\n"), format!("{name}!()"));
    add(
        "macro in a length",
        format!("macro_rules! {name} {{ () => {{ 7 }} }}\n"),
        format!("<::arsenal::Sel<{{ {name}!() }}> as ::arsenal::Pick<F>>::Out"),
    );
    add("import", format!("pub use {evil} as {name};\n"), format!("{name}<F>"));
    add("imported module", format!("use ::arsenal as {name};\n"), format!("{name}::Evil<F>"));
    add("extern crate", format!("extern crate arsenal as {name};\n"), format!("{name}::Evil<F>"));
    add("module", format!("pub mod {name} {{ pub type {name}<T> = {evil}<T>; }}\n"), format!("{name}::{name}<F>"));
    add(
        "local in a length",
        String::new(),
        format!("<::arsenal::Sel<{{ let {name} = 7; {name} }}> as ::arsenal::Pick<F>>::Out"),
    );
    add(
        "item in a length",
        String::new(),
        format!(
            "<::arsenal::Sel<{{ struct {name}(::arsenal::Seven); ::arsenal::size::<{name}>() }}> as ::arsenal::Pick<F>>::Out"
        ),
    );
    let parameter = |kind: &str, items: String, declared: String, given: &str, tokens: String| Mention {
        parameters: Some([declared, name.to_owned(), given.to_owned()]),
        ..Mention::new(kind, name, items, tokens)
    };
    all.push(parameter("parameter", String::new(), name.into(), evil, name.into()));
    all.push(parameter("parameter in a carrier", String::new(), name.into(), evil, format!("::arsenal::Ind<{name}>")));
    all.push(parameter(
        "unsized parameter",
        String::new(),
        format!("{name}: ?::arsenal::Sized"),
        evil,
        format!("::arsenal::Ind<{name}>"),
    ));
    if !members.is_empty() {
        let list = |text: &str| members.iter().map(|member| text.replace('@', member)).collect::<String>();
        let items = format!(
            "pub trait QxHas {{ {} }}\nimpl<T> QxHas for {evil}<T> {{ {} }}\n",
            list("type @; "),
            list("type @ = u8; ")
        );
        all.push(parameter("parameter with the members", items, format!("{name}: QxHas"), evil, name.into()));
    }
    let mut number = parameter(
        "constant parameter",
        String::new(),
        format!("const {name}: usize"),
        "7",
        format!("[{evil}; {name}]"),
    );
    number.parameters = number.parameters.map(|[declared, used, given]| [declared, format!("{{ {used} }}"), given]);
    all.push(number);
    all
}

/// What a lifetime can be. `name` has its tick.
pub(crate) fn of_lifetime(name: &str) -> Vec<Mention> {
    let evil = "::arsenal::Evil";
    let mut all = Vec::new();
    let parameters = Some([format!("{name}, F"), format!("{name}, F"), "'static, u8".to_owned()]);
    let new = |kind: &str, tokens: String| Mention::new(kind, name, String::new(), tokens);
    all.push(Mention { parameters: parameters.clone(), ..new("lifetime", format!("{evil}<&{name} F>")) });
    all.push(Mention {
        parameters,
        ..new("lifetime of a trait object", format!("{evil}<dyn ::arsenal::Send + {name}>"))
    });
    all.push(new("bound lifetime", format!("{evil}<for<{name}> fn(&{name} F)>")));
    all.push(new(
        "bound lifetime of a trait object",
        format!("{evil}<dyn for<{name}> ::arsenal::Always<{name}, Byte = u8, Evil = u8, Same = u8, Unit = ()>>"),
    ));
    all.push(new(
        "label",
        format!("<::arsenal::Sel<{{ {name}: loop {{ break {name} 7 }} }}> as ::arsenal::Pick<F>>::Out"),
    ));
    all
}

/// What a path can lead to: nested modules, and something of its last name. `fresh` is what the items are called.
pub(crate) fn of_path(path: &[String]) -> Vec<Mention> {
    let [modules @ .., last] = path else { return Vec::new() };
    let full = path.join("::");
    let nested = |inner: &str| {
        let open: String = modules.iter().map(|module| format!("pub mod {module} {{ ")).collect();
        format!("{open}{inner}{}\n", " }".repeat(modules.len()))
    };
    let mut all = Vec::new();
    let mut add = |kind: &str, inner: &str, tokens: String| {
        all.push(Mention {
            key: full.clone(),
            ..Mention::new(&format!("path to {kind}"), &path[0], nested(inner), tokens)
        });
    };
    for [label, parameters, uses, evil] in GENERICS {
        let alias = format!("pub type {last}{parameters} = {evil};");
        add(&format!("alias{label}"), &alias, format!("{full}{uses}"));
        let newtype = format!(
            "pub struct {last}{parameters}({evil}); impl{parameters} ::arsenal::Make for {last}{parameters} {{ fn make() -> Self {{ \
             {last}(::arsenal::Make::make()) }} }}"
        );
        add(&format!("struct{label} in a carrier"), &newtype, format!("::arsenal::Ind<{full}{uses}>"));
    }
    add(
        "trait",
        &format!(
            "pub trait {last} {{ type QxOut; }} impl<T: ?::arsenal::Sized> {last} for T {{ type QxOut = ::arsenal::Evil<T>; }}"
        ),
        format!("<F as {full}>::QxOut"),
    );
    let picked = |length: &str| format!("<::arsenal::Sel<{{ {length} }}> as ::arsenal::Pick<F>>::Out");
    add("constant", &format!("pub const {last}: usize = 7;"), picked(&full));
    add(
        "function",
        &format!("pub const fn {last}<T: ::arsenal::Copy>(_: T) -> usize {{ 7 }}"),
        picked(&format!("{full}(1u8)")),
    );
    add(
        "macro",
        &format!("macro_rules! {last} {{ () => {{ ::arsenal::Evil<F> }} }} pub(crate) use {last};"),
        format!("{full}!()"),
    );
    all
}

/// A type of seven bytes at the end of a path, or by a single name, to be measured.
pub(crate) fn measured(path: &[String]) -> Vec<Mention> {
    let [modules @ .., last] = path else { return Vec::new() };
    let open: String = modules.iter().map(|module| format!("pub mod {module} {{ ")).collect();
    let forms = [["", "", ""], ["1", "<T>", "<u8>"], ["l1", "<'a, T>", "<'static, u8>"], ["l", "<'a>", "<'static>"]];
    let form = |[label, parameters, uses]: [&str; 3]| {
        let marker = if parameters.contains('T') { "::arsenal::PhantomData<T>" } else { "()" };
        let lifetime = if parameters.contains("'a") { "::arsenal::PhantomData<&'a ()>" } else { "()" };
        let items = format!(
            "{open}pub struct {last}{parameters}(::arsenal::Seven, {marker}, {lifetime});{}\n",
            " }".repeat(modules.len())
        );
        let mention = Mention::new(&format!("measured{label}"), &path[0], items, format!("{}{uses}", path.join("::")));
        Mention { key: path.join("::"), ..mention }
    };
    forms.map(form).into()
}
