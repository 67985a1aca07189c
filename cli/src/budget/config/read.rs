//! From TOML to budgets.

use std::ops::Range;

use pinsight_machine::Location;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::size::{Growth, Size};
use super::{Budget, Mistake, SelfReferences};

const KEYS: [&str; 4] = ["path", "max-size", "self-references", "max-growth"];

/// Adds the budgets of one file, and its mistakes. Of a manifest only pinsight's own metadata is looked at.
pub(super) fn read(text: &str, file: &str, is_manifest: bool, budgets: &mut Vec<Budget>, mistakes: &mut Vec<Mistake>) {
    let mut reader = Reader { text, file, budgets, mistakes };
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            return reader.mistake(span, format!("no TOML: {}", error.message()), "correct it as TOML".into());
        }
    };
    if !is_manifest {
        return reader.root(&table, "[[budget]]");
    }
    for section in ["workspace", "package"] {
        let metadata = table.get(section).and_then(|section| section.get_ref().get("metadata"));
        let Some(own) = metadata.and_then(|metadata| metadata.get_ref().get("pinsight")) else { continue };
        let heading = format!("[[{section}.metadata.pinsight.budget]]");
        match own.get_ref().as_table() {
            Some(own) => reader.root(own, &heading),
            None => {
                let message = format!("`{section}.metadata.pinsight` is no table");
                reader.mistake(own.span(), message, format!("write `{heading}` above each budget"));
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    budgets: &'a mut Vec<Budget>,
    mistakes: &'a mut Vec<Mistake>,
}

impl Reader<'_> {
    fn root(&mut self, table: &DeTable<'_>, heading: &str) {
        for (key, value) in table {
            if key.get_ref() != "budget" {
                let help = format!("the only key here is `budget`: write `{heading}`");
                self.mistake(key.span(), format!("unknown key `{}`", key.get_ref()), help);
                continue;
            }
            let list = value.get_ref().as_array().filter(|list| list.iter().all(|item| item.get_ref().is_table()));
            match list {
                Some(list) => list
                    .iter()
                    .filter_map(|item| Some((item.span(), item.get_ref().as_table()?)))
                    .for_each(|(span, budget)| self.budget(span, budget)),
                None => {
                    let help = format!("write `{heading}`, with two brackets, above each budget");
                    self.mistake(key.span(), "`budget` is no list of tables".into(), help);
                }
            }
        }
    }

    fn budget(&mut self, span: Range<usize>, table: &DeTable<'_>) {
        let known = self.mistakes.len();
        for key in table.keys().filter(|key| !KEYS.contains(&&**key.get_ref())) {
            let name = key.get_ref();
            let near = KEYS.iter().find(|known| strsim::damerau_levenshtein(known, &name.replace('_', "-")) <= 3);
            let help = match near {
                Some(near) => format!("write `{near}`"),
                None => format!("write one of `{}`", KEYS.join("`, `")),
            };
            self.mistake(key.span(), format!("unknown key `{name}` in a budget"), help);
        }
        let path = self.path(&span, table);
        let max_size = self.value(table, "max-size", "a size", "2048` or `\"2 KiB\"", Size::parse);
        let max_growth = self.value(table, "max-growth", "a growth", "\"5 %\"` or `\"64 bytes\"", Growth::parse);
        let self_references =
            self.value(table, "self-references", "a rule", "\"deny\"` or `\"allow\"", |text| match text {
                "deny" => Some(SelfReferences::Deny),
                "allow" => Some(SelfReferences::Allow),
                _ => None,
            });
        if self.mistakes.len() > known {
            return;
        }
        if max_size.is_none() && max_growth.is_none() && self_references.is_none() {
            let help = format!("add one of `{}`", KEYS[1..].join("`, `"));
            return self.mistake(span, "this budget limits nothing".into(), help);
        }
        if let Some((path, location)) = path {
            self.budgets.push(Budget { path, max_size, self_references, max_growth, location });
        }
    }

    fn path(&mut self, span: &Range<usize>, table: &DeTable<'_>) -> Option<(String, Location)> {
        let help =
            || "write the path of a machine as `cargo pinsight list` prints it, such as `path = \"app::*\"`".into();
        let Some(value) = table.get("path") else {
            self.mistake(span.clone(), "this budget has no `path`".into(), help());
            return None;
        };
        match value.get_ref().as_str().map(str::trim).filter(|path| !path.is_empty()) {
            Some(path) => Some((path.to_owned(), self.location(value.span().start))),
            None => {
                self.mistake(value.span(), format!("{} is no path", self.written(value)), help());
                None
            }
        }
    }

    /// A value that is text, or a number of bytes.
    fn value<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        what: &str,
        write: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = table.get(key)?;
        let parsed = match value.get_ref() {
            DeValue::String(text) => parse(text),
            DeValue::Integer(number) if number.radix() == 10 => parse(number.as_str()),
            _ => None,
        };
        if parsed.is_none() {
            let message = format!("{} is no value of `{key}`", self.written(value));
            self.mistake(value.span(), message, format!("write {what}, such as `{write}`"));
        }
        parsed
    }

    /// A value as it is in the file, if it is short.
    fn written(&self, value: &Spanned<DeValue<'_>>) -> String {
        match self.text.get(value.span()).filter(|text| text.len() <= 40 && !text.contains('\n')) {
            Some(text) => format!("`{text}`"),
            None => format!("this {}", value.get_ref().type_str()),
        }
    }

    fn mistake(&mut self, span: Range<usize>, message: String, help: String) {
        let location = self.location(span.start);
        self.mistakes.push(Mistake { message, location, help });
    }

    fn location(&self, at: usize) -> Location {
        let before = self.text.get(..at).unwrap_or(self.text);
        let (lines, last) =
            before.rsplit_once('\n').map_or((0, before), |(lines, last)| (lines.matches('\n').count() + 1, last));
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX - 1) + 1;
        Location { file: self.file.to_owned().into(), line: number(lines), column: Some(number(last.chars().count())) }
    }
}
