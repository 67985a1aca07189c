//! The private protocol between the doors and the derive, written by hand: each word that the engine knows, in each place where a
//! user's tokens come in, and what one door hands over, copied and changed.

use crate::Result;
use crate::compile::{Compiler, Source, Verdict};
use crate::engine::Engine;
use crate::harvest::Harvest;
use crate::item::{Arguments, Door, Item};
use std::fs;

/// A way to write words of the engine's where the user's tokens are.
#[derive(Clone, Debug)]
pub(crate) struct Forgery {
    pub(crate) label: String,
    pub(crate) door: Door,
    /// The word of the engine's that it is about.
    pub(crate) word: String,
    /// Among the arguments: the first, or the last.
    argument: String,
    last: bool,
    /// The path of the macro, and what stands before the item in it.
    entry: Option<String>,
    prefix: String,
    /// Attributes of the item, instead of those of the door.
    attributes: Option<String>,
    /// The matcher and the argument of a macro around all of it.
    within: Option<(String, String)>,
}

const PATH: &str = "@HERE@::qx_fake";

impl Forgery {
    fn new(label: String, word: &str, door: Door) -> Self {
        let (argument, prefix) = (String::new(), String::new());
        Self {
            label,
            door,
            word: word.into(),
            argument,
            last: false,
            entry: None,
            prefix,
            attributes: None,
            within: None,
        }
    }

    pub(crate) fn apply(&self, item: &mut Item) {
        item.forged = self.attributes.clone();
        item.within = self.within.clone();
        item.prefix = self.prefix.clone();
        // The forged attribute stands for the one that would be there.
        let says = |attribute: &str| self.prefix.starts_with(&format!("#[{attribute} ="));
        item.arguments.project &= !says("project");
        item.arguments.project_ref &= !says("project_ref");
        item.arguments.project_replace &= !says("project_replace");
        item.arguments.pinned_drop &= !says("project_replace");
        if let Some(entry) = &self.entry {
            item.entry = entry.clone();
        }
        if !self.argument.is_empty() {
            let list = if self.last { &mut item.arguments.last } else { &mut item.arguments.first };
            list.push(self.argument.clone());
        }
    }
}

/// All of them: several thousand. A few are those with words that look private.
pub(crate) fn all(engine: &Engine, compiler: &Compiler<'_>, harvest: &Harvest, few: bool) -> Result<Vec<Forgery>> {
    let mut all = Vec::new();
    let handed_over = handed_over(engine, compiler)?;
    let mut protocol: Vec<&String> = harvest.words.iter().filter(|word| harvest.is_protocol(word)).collect();
    protocol.retain(|word| {
        word.starts_with('_') || *word == "crate" || handed_over.iter().any(|text| text.contains(*word))
    });
    for word in harvest.words.iter().filter(|word| !few || protocol.contains(word)) {
        for door in [Door::Derive, Door::Attribute] {
            by_argument(word, door, None, &mut all);
        }
        by_lite_attribute(word, &mut all);
    }
    let private: Vec<String> = harvest
        .private
        .iter()
        .map(|(module, name)| {
            format!("::pinsight::{}{name}", module.iter().map(|segment| format!("{segment}::")).collect::<String>())
        })
        .collect();
    for path in &private {
        for door in [Door::Derive, Door::Attribute] {
            all.push(Forgery {
                entry: Some(path.clone()),
                argument: format!("crate = {PATH}"),
                ..Forgery::new(format!("{path} as the {door:?}"), path, door)
            });
        }
        for prefix in ["[@]", "(@)", "{@}", "@", "@;", "@,", "crate = @,"] {
            let prefix = prefix.replace('@', PATH);
            all.push(Forgery {
                entry: Some(path.clone()),
                prefix: prefix.clone(),
                ..Forgery::new(format!("{path}! {prefix}"), path, Door::Lite)
            });
        }
    }
    for handed_over in &handed_over {
        copies(handed_over, &protocol, &mut all);
    }
    Ok(all)
}

fn by_argument(word: &str, door: Door, entry: Option<&str>, all: &mut Vec<Forgery>) {
    let forms = [
        "@ PATH",
        "@ = PATH",
        "@(PATH)",
        "@!(PATH)",
        "@: PATH",
        "@ = { PATH }",
        "project = QxP2, @ PATH",
        "project = QxP2 @ PATH",
        "crate = ::pinsight, @ PATH",
    ];
    let mut add = |form: &str, last: bool, word_as: &str, within: Option<(String, String)>| {
        let argument = form.replace('@', word_as).replace("PATH", PATH);
        let label = format!(
            "`{}` as {} argument{}",
            form.replace('@', word),
            if last { "the last" } else { "the first" },
            match &within {
                Some((matcher, _)) => format!(", `{matcher}`"),
                None => String::new(),
            }
        );
        all.push(Forgery {
            argument,
            last,
            within,
            entry: entry.map(str::to_owned),
            ..Forgery::new(label, word, door)
        });
    };
    for form in forms {
        for last in [false, true] {
            add(form, last, word, None);
        }
    }
    add("@ PATH", false, &format!("r#{word}"), None);
    for fragment in ["ident", "path", "tt", "ty", "expr"] {
        for form in &forms[..3] {
            add(form, false, "$qx", Some((format!("$qx:{fragment}"), word.to_owned())));
        }
    }
    // The whole argument as one fragment: an expression may be `word(path)`, or `word = path`.
    for form in ["@ = PATH", "@(PATH)", "@::PATH"] {
        for fragment in ["expr", "ty", "path", "meta", "stmt"] {
            let written = form.replace('@', word).replace("PATH", PATH);
            all.push(Forgery {
                argument: "$qx".into(),
                within: Some((format!("$qx:{fragment}"), written)),
                entry: entry.map(str::to_owned),
                ..Forgery::new(format!("`{}` as `$qx:{fragment}`", form.replace('@', word)), word, door)
            });
        }
    }
}

fn by_lite_attribute(word: &str, all: &mut Vec<Forgery>) {
    for form in [
        "#[@ PATH]",
        "#[@ = PATH]",
        "#[@(PATH)]",
        "#[project(@ PATH)]",
        "#[project(@ = PATH)]",
        "#[project = QxP, @ PATH]",
        "#[project = QxP, @ = PATH]",
        "#[project = QxP, @(PATH)]",
        "#[project_ref = QxR, @ PATH]",
        "#[project_replace = QxO, @ PATH]",
        "#[project = @ PATH]",
        "#[pin(@ PATH)]",
        "#[pin(@(PATH))]",
    ] {
        let text = form.replace('@', word).replace("PATH", PATH);
        let label = format!("`{}` in lite", form.replace('@', word));
        all.push(Forgery { prefix: text.clone(), ..Forgery::new(label.clone(), word, Door::Lite) });
        if form.contains(" PATH") {
            let text = form.replace('@', "$qx").replace("PATH", PATH);
            for fragment in ["ident", "path"] {
                let within = Some((format!("$qx:{fragment}"), word.to_owned()));
                all.push(Forgery {
                    prefix: text.clone(),
                    within,
                    ..Forgery::new(format!("{label}, `$qx:{fragment}`"), word, Door::Lite)
                });
            }
        }
    }
}

/// The attributes that the two other doors put on the item, with the words as they print.
fn handed_over(engine: &Engine, compiler: &Compiler<'_>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for door in [Door::Attribute, Door::Lite] {
        for arguments in [Item::new(door).arguments, Arguments::default()] {
            let item = Item { below: "#[::arsenal_macros::probe]\n".into(), arguments, ..Item::new(door) };
            let file = compiler.scratch.join("probe.rs");
            fs::write(&file, item.text())?;
            let expanded = engine.expand(&file, "2021")?;
            let Some(text) = expanded.split("QX_PROBE: &str =").nth(1).and_then(|rest| rest.split('"').nth(1)) else {
                continue;
            };
            let attributes = text.split("struct QxS").next().unwrap_or_default();
            found.push(attributes.replace("$crate", "::pinsight").replace('\n', " "));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// What was handed over, by the hand of a forger.
fn copies(attributes: &str, words: &[&String], all: &mut Vec<Forgery>) {
    let mut add = |how: &str, text: String| {
        all.push(Forgery { attributes: Some(text), ..Forgery::new(format!("copied, {how}"), how, Door::Attribute) });
    };
    // The derive comes first, and its arguments behind.
    let (derive, rest) = attributes.split_at(attributes.find(']').map_or(0, |end| end + 1));
    for path in [":: pinsight", "::pinsight"] {
        if rest.contains(path) {
            add("with another path", format!("{derive}{}", rest.replace(path, PATH)));
        }
        if derive.contains(path) {
            add("with a derive by another path", format!("{}{rest}", derive.replace(path, PATH)));
        }
    }
    let opens: Vec<usize> = rest.char_indices().filter(|(_, c)| *c == '(').map(|(at, _)| at + 1).collect();
    for word in words {
        for form in ["@ PATH,", "@ = PATH,", "@(PATH),"] {
            for at in &opens {
                let written = form.replace('@', word).replace("PATH", PATH);
                add(
                    &format!("with `{}` at {at}", form.replace('@', word)),
                    format!("{derive}{}{written} {}", &rest[..*at], &rest[*at..]),
                );
            }
        }
    }
}

/// Which of these the engine accepts, tried with an honest module. Those that it has to accept are among them.
pub(crate) fn accepted(compiler: &Compiler<'_>, forgeries: Vec<Forgery>) -> Vec<Forgery> {
    let source = |forgery: &Forgery| {
        let mut item = Item::new(forgery.door);
        forgery.apply(&mut item);
        let text = format!("pub mod qx_fake {{ pub use ::pinsight::*; }}\n{}", item.text());
        Source { edition: "2021", redirects: vec![], alone: false, features: "", text }
    };
    let sources: Vec<_> = forgeries.iter().map(source).collect();
    let verdicts = compiler.verdicts(&sources);
    forgeries
        .into_iter()
        .zip(verdicts)
        .filter(|(_, verdict)| *verdict == Verdict::Compiles)
        .map(|(forgery, _)| forgery)
        .collect()
}
