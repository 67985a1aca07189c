//! Collects every name that is the engine's: from what it expands to, from what the doors hand over, and from its own source.
//!
//! Nothing is listed here by hand, so an engine that was written anew is attacked under the names that it has then.

use crate::Result;
use crate::compile::{Compiler, Source, Verdict};
use crate::engine::Engine;
use crate::item::{DOORS, Item, Place};
use crate::lex::{Token, is_keyword, tokens};
use crate::random::Random;
use crate::representatives::{around, representatives};
use crate::wrap::Wrap;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[derive(Default)]
pub(crate) struct Harvest {
    /// Names in expansions that no user has written. Those that the engine declares itself come first.
    pub(crate) names: Vec<String>,
    /// Those of them that it declares.
    pub(crate) declared: BTreeSet<String>,
    pub(crate) lifetimes: Vec<String>,
    /// Paths of two segments or more, as they are written.
    pub(crate) paths: Vec<Vec<String>>,
    /// What is called or implemented as a member: methods, associated functions and types.
    pub(crate) members: Vec<String>,
    /// Items of the facade that the documentation does not show, each with the path to its module: `["__private"], "Pin"`.
    pub(crate) private: Vec<(Vec<String>, String)>,
    /// What each of them is, and with which parameters: `::pinsight::__private::Exactly` is a `typel1`.
    pub(crate) kinds: BTreeMap<String, BTreeSet<String>>,
    /// Items of `core` that are named: `["marker"], "Unpin"`.
    pub(crate) core: Vec<(Vec<String>, String)>,
    /// Everything that may be a word of a protocol: names that are handed over, and strings in the source of the macros.
    pub(crate) words: Vec<String>,
    /// Those of them that stand in the macros as a string.
    strings: BTreeSet<String>,
    /// What was expanded, and by the numbers of which of them a name or a path, written with `::`, occurs in the expansion.
    items: Vec<Item>,
    occurrences: BTreeMap<String, Vec<usize>>,
    /// Attributes that mention the names that are known already, so that the engine takes others.
    pub(crate) decoys: String,
}

impl Harvest {
    pub(crate) fn of(engine: &Engine, compiler: &Compiler<'_>) -> Result<Self> {
        let mut harvest = Self::expand(engine, compiler, String::new(), false)?;
        harvest.read_facade(engine, compiler)?;
        harvest.read_source(&engine.source.join("macros/src"))?;
        let words: BTreeSet<String> = harvest.names.iter().chain(&harvest.strings).cloned().collect();
        harvest.words = words.into_iter().collect();
        Ok(harvest)
    }

    /// The names that the engine takes where the user has taken the first ones.
    pub(crate) fn second(&self, engine: &Engine, compiler: &Compiler<'_>) -> Result<Self> {
        let mut decoys: String = self.names.iter().map(|name| format!("#[allow(clippy::{name})]\n")).collect();
        decoys += &format!(
            "#[rustfmt::skip({})]\n",
            self.lifetimes.iter().map(|name| format!("'{name} ")).collect::<String>()
        );
        let mut second = Self::expand(engine, compiler, decoys, true)?;
        second.names.retain(|name| !self.names.contains(name));
        second.lifetimes.retain(|name| !self.lifetimes.contains(name));
        second.paths.retain(|path| !self.paths.contains(path) && path[0] != "clippy");
        second.private = self.private.clone();
        second.kinds = self.kinds.clone();
        Ok(second)
    }

    fn expand(engine: &Engine, compiler: &Compiler<'_>, decoys: String, few: bool) -> Result<Self> {
        let file = compiler.scratch.join("harvest.rs");
        let items = representatives(few);
        let mut text = String::from("#![allow(warnings)]\nmod qx_begin {\n");
        let mut own = BTreeSet::new();
        for (number, item) in items.iter().enumerate() {
            let program = around(item, &decoys);
            own.extend(tokens(&program).into_iter().filter_map(|token| token.word().map(str::to_owned)));
            text += &format!("mod qx_{number} {{\n{program}}}\n");
        }
        text += "}\n";
        fs::create_dir_all(&compiler.scratch)?;
        fs::write(&file, &text)?;
        let expanded = engine.expand(&file, "2021")?;
        let expanded = tokens(&expanded[expanded.find("mod qx_begin").unwrap_or(0)..]);
        // A hidden name may contain one of ours, as `QxSProjection` does.
        let is_own = |word: &str| {
            word.to_lowercase().starts_with("qx") && own.contains(word) || word == "qx_begin" || number(word).is_some()
        };
        let mut harvest = Self { items, decoys, ..Self::default() };
        harvest.read(&expanded, &is_own);
        let starts = expanded.windows(2).enumerate().filter(|(_, pair)| pair[0].is("mod"));
        let starts: Vec<(usize, usize)> =
            starts.filter_map(|(at, pair)| Some((at, number(pair[1].word()?)?))).collect();
        for (index, (at, item)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(expanded.len(), |(end, _)| *end);
            let part = &expanded[*at..end];
            let lifetimes = part.iter().filter_map(|token| match token {
                Token::Lifetime(name) => Some(format!("'{name}")),
                _ => None,
            });
            let words = part.iter().filter_map(|token| token.word().map(str::to_owned));
            let paths = paths(part).into_iter().map(|path| path.join("::"));
            for name in words.chain(lifetimes).chain(paths).collect::<BTreeSet<_>>() {
                harvest.occurrences.entry(name).or_default().push(*item);
            }
        }
        Ok(harvest)
    }

    /// How often a name is to be tried in this way, of `rounds` times. What only stands in expansions is tried less often than what
    /// is declared there; and a name that is taken because others are in sight matters where it is out of sight itself.
    pub(crate) fn rounds(&self, declared: bool, wrap: Wrap, rounds: usize, random: &mut Random) -> usize {
        match declared {
            _ if !self.decoys.is_empty() && !wrap.hides() && wrap != Wrap::Direct => 0,
            true => rounds,
            false => rounds / 4 + usize::from(random.below(4) < rounds % 4),
        }
    }

    /// Whether the macros compare something with this word, or it is no identifier of what they expand to.
    pub(crate) fn is_protocol(&self, word: &str) -> bool {
        self.strings.contains(word)
    }

    /// Whether it is among the arguments that users are told of.
    pub(crate) fn is_public(&self, word: &str) -> bool {
        !word.starts_with('_') && !word.contains("::_") && self.strings.contains(word)
    }

    /// One of the items in whose expansion the name or path occurs, with types and names of its own still to be filled in.
    pub(crate) fn item_with(&self, name: &str, random: &mut Random) -> Item {
        let mut item = match self.occurrences.get(name) {
            Some(numbers) => self.items[*random.of(numbers)].clone(),
            None => Item::new(*random.of(&DOORS)),
        };
        let plain = Item::new(item.door);
        (item.parameters, item.uses, item.pinned, item.unpinned) =
            (plain.parameters, plain.uses, plain.pinned, plain.unpinned);
        item.place = *random.of(&[Place::First, Place::Middle, Place::Last]);
        item.below = self.decoys.clone();
        item
    }

    fn read(&mut self, tokens: &[Token], is_own: &dyn Fn(&str) -> bool) {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut lifetimes = BTreeSet::new();
        let mut members = BTreeSet::new();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Word(word) if !is_keyword(word) && !is_own(word) => {
                    *names.entry(word).or_default() += 1;
                    let before = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
                    let is_before = |back, text: &str| before(back).is_some_and(|token| token.is(text));
                    const DECLARES: [&str; 9] =
                        ["struct", "enum", "trait", "mod", "type", "fn", "as", "let", "macro_rules"];
                    if word.starts_with('_') || DECLARES.iter().any(|keyword| is_before(1, keyword)) {
                        self.declared.insert(word.clone());
                    }
                    let is_member =
                        is_before(1, "fn") || is_before(1, "type") || is_before(1, ".") && !is_before(2, ".");
                    if is_member || is_before(1, "::") && before(2).is_some() {
                        members.insert(word.clone());
                    }
                }
                Token::Lifetime(name) if name != "static" && !is_own(name) && name != "qx_l" && name != "_" => {
                    lifetimes.insert(name.clone());
                }
                _ => {}
            }
        }
        self.names = names.keys().map(|name| (*name).to_owned()).collect();
        self.names.sort_by_key(|name| !self.declared.contains(name));
        self.lifetimes = lifetimes.into_iter().collect();
        self.members = members.into_iter().collect();
        self.paths = paths(tokens).into_iter().filter(|path| !path.iter().any(|segment| is_own(segment))).collect();
        self.core = leads_to(&self.paths, &aliases(tokens), "core");
    }

    /// Finds the private items: of all words in the facade, those that lead to something.
    fn read_facade(&mut self, engine: &Engine, compiler: &Compiler<'_>) -> Result<()> {
        let facade = tokens(&engine.expand(&engine.source.join("src/lib.rs"), "2024")?);
        let mut words: BTreeSet<String> = facade.iter().filter_map(Token::word).map(str::to_owned).collect();
        words.extend(self.names.iter().cloned());
        words.retain(|word| !is_keyword(word));
        let mut modules: BTreeSet<Vec<String>> = BTreeSet::from([vec![]]);
        for path in self.paths.iter().chain(&paths(&facade)) {
            for (at, _) in path.iter().enumerate() {
                modules.extend((at + 1..path.len().min(at + 3)).map(|end| path[at..end].to_vec()));
            }
        }
        modules.retain(|module| module.iter().all(|segment| words.contains(segment)));
        let source = |module: &[String], word: &str| Source {
            edition: "2021",
            redirects: vec![],
            alone: false,
            features: "",
            text: format!(
                "use ::pinsight::{}{word} as Qx;",
                module.iter().map(|s| format!("{s}::")).collect::<String>()
            ),
        };
        let as_module = |module: &[String]| source(module, "*").text.replace("* as Qx", "*");
        let modules: Vec<_> = modules.into_iter().collect();
        let globs: Vec<_> = modules.iter().map(|m| Source { text: as_module(m), ..source(m, "") }).collect();
        let globs = compiler.verdicts(&globs);
        let modules = modules.into_iter().zip(globs).filter(|(_, verdict)| *verdict == Verdict::Compiles);
        let tried: Vec<_> =
            modules.flat_map(|(module, _)| words.iter().map(move |word| (module.clone(), word.clone()))).collect();
        let sources: Vec<_> = tried.iter().map(|(module, word)| source(module, word)).collect();
        let found =
            tried.into_iter().zip(compiler.verdicts(&sources)).filter(|(_, verdict)| *verdict == Verdict::Compiles);
        self.private = found.map(|(item, _)| item).collect();
        // What stands at the root is the public interface, unless generated code names it.
        let named: BTreeSet<_> = self.names.iter().cloned().collect();
        self.private.retain(|(module, word)| !module.is_empty() || named.contains(word));
        let items =
            self.private.iter().map(|item| ("pinsight", item)).chain(self.core.iter().map(|item| ("core", item)));
        let paths: Vec<String> = items.map(|(root, item)| path_of(root, item)).collect();
        for (path, kind, verdict) in kinds(compiler, &paths) {
            let is_it = match kind {
                // That it needs type arguments is said of a function, too.
                "value" => {
                    !matches!(&verdict, Verdict::Rejected(errors) if errors.codes.iter().any(|code| code == "E0423" || code == "E0425"))
                }
                _ => verdict == Verdict::Compiles,
            };
            if is_it {
                self.kinds.entry(path).or_default().insert(kind.to_owned());
            }
        }
        Ok(())
    }

    /// The words that the macros compare with what they are given.
    fn read_source(&mut self, folder: &Path) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.read_source(&path)?;
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                self.strings.extend(tokens(&fs::read_to_string(&path)?).into_iter().filter_map(|token| match token {
                    Token::Literal(text) if is_name(&text) => Some(text),
                    _ => None,
                }));
            }
        }
        Ok(())
    }
}

/// `::pinsight::__private::Pin`.
pub(crate) fn path_of(root: &str, (module, name): &(Vec<String>, String)) -> String {
    [&root.to_owned()].into_iter().chain(module).chain([name]).map(|segment| format!("::{segment}")).collect()
}

/// The generic arguments that a trait or a type may take, and their labels.
pub(crate) const ARGUMENTS: [(&str, &str); 6] = [
    ("", ""),
    ("1", "<u8>"),
    ("l", "<'static>"),
    ("l1", "<'static, u8>"),
    ("2", "<u8, u8>"),
    ("l2", "<'static, u8, u8>"),
];

/// Uses each path as everything that it may be.
fn kinds(compiler: &Compiler<'_>, paths: &[String]) -> Vec<(String, &'static str, Verdict)> {
    const KINDS: [[&str; 2]; 6] = [
        ["trait", "type"],
        ["trait1", "type1"],
        ["traitl", "typel"],
        ["traitl1", "typel1"],
        ["trait2", "type2"],
        ["traitl2", "typel2"],
    ];
    let mut tried = Vec::new();
    for path in paths {
        for ((_, given), [of_trait, of_type]) in ARGUMENTS.iter().zip(KINDS) {
            tried.push((path, of_trait, format!("pub fn qx<T: ?Sized + {path}{given}>() {{}}")));
            tried.push((path, of_type, format!("pub trait Qx {{}} impl Qx for {path}{given} {{}}")));
        }
        tried.push((path, "value", format!("pub fn qx() {{ let _ = {path}; }}")));
    }
    let source =
        |text: &String| Source { edition: "2021", redirects: vec![], alone: false, features: "", text: text.clone() };
    let sources: Vec<_> = tried.iter().map(|(_, _, text)| source(text)).collect();
    let verdicts = compiler.verdicts(&sources);
    tried.into_iter().zip(verdicts).map(|((path, kind, _), verdict)| (path.clone(), kind, verdict)).collect()
}

/// `qx_3` is the module of the item 3.
fn number(word: &str) -> Option<usize> {
    word.strip_prefix("qx_")?.parse().ok()
}

fn is_name(text: &str) -> bool {
    let mut found = tokens(text).into_iter();
    matches!((found.next(), found.next()), (Some(Token::Word(word)), None) if word == text)
        && (!is_keyword(text) || text == "crate")
}

/// All paths of at least two segments.
fn paths(tokens: &[Token]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut path = Vec::new();
        while let Some(word) = tokens.get(at).and_then(Token::word) {
            path.push(word.to_owned());
            at += 1;
            match (tokens.get(at), tokens.get(at + 1)) {
                (Some(token), Some(Token::Word(_))) if token.is("::") => at += 1,
                // `use a::{b, c};`
                (Some(token), Some(next)) if token.is("::") && next.is("{") => {
                    let list = tokens[at + 2..].iter().take_while(|token| !token.is("}")).filter_map(Token::word);
                    found.extend(list.map(|word| without_self(&path).chain([word.to_owned()]).collect::<Vec<_>>()));
                    break;
                }
                _ => break,
            }
        }
        path = without_self(&path).collect();
        if path.len() > 1 && !path.iter().any(|segment| is_keyword(segment)) {
            found.insert(path);
        } else if path.is_empty() {
            at += 1;
        }
    }
    found
}

fn without_self(path: &[String]) -> impl Iterator<Item = String> {
    path.iter().filter(|segment| !["self", "crate", "super", "Self"].contains(&segment.as_str())).cloned()
}

/// `extern crate a as b`.
fn aliases(tokens: &[Token]) -> BTreeMap<String, String> {
    let named =
        tokens.windows(5).filter(|window| window[0].is("extern") && window[1].is("crate") && window[3].is("as"));
    named.filter_map(|window| Some((window[4].word()?.to_owned(), window[2].word()?.to_owned()))).collect()
}

/// What the paths name in the crate `root`, directly or by an alias.
fn leads_to(paths: &[Vec<String>], aliases: &BTreeMap<String, String>, root: &str) -> Vec<(Vec<String>, String)> {
    let mut found = BTreeSet::new();
    for path in paths {
        let [first, module @ .., last] = &path[..] else { continue };
        if first == root || aliases.get(first).is_some_and(|target| target == root) {
            found.insert((module.to_vec(), last.clone()));
        }
    }
    found.into_iter().collect()
}
