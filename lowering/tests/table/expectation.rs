//! Reads the comments above the cases.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::seen::{Kept, Seen, Suspend};

/// One case.
#[derive(Debug)]
pub(crate) struct Case {
    /// The name of the function.
    pub(crate) name: String,
    /// The line of its name.
    pub(crate) line: u32,
    /// From that line to the one where the next case begins.
    pub(crate) lines: Range<u32>,
    /// Of the function, then of the blocks in it.
    pub(crate) bodies: Vec<Seen>,
}

/// The cases of a file, in order.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut waiting: Vec<Seen> = Vec::new();
    let mut end = 0;
    for (line, text) in (1..).zip(text.lines().map(str::trim)) {
        end = line + 1;
        if let Some(comment) = text.strip_prefix("// ")
            && let Some((block, what, rest)) = heading(comment)
        {
            if waiting.is_empty()
                && let Some(last) = cases.last_mut()
            {
                last.lines.end = last.lines.end.min(line);
            }
            waiting.resize_with(waiting.len().max(block + 1), Seen::default);
            let seen = &mut waiting[block];
            match what {
                "captured" => seen.captured = Some(names(rest)),
                number => {
                    assert_eq!(number, seen.suspends.len().to_string(), "line {line}: suspend points are in order");
                    seen.suspends.push(suspend(rest, line));
                }
            }
        } else if let Some((_, name)) = text.split_once("fn ").filter(|_| !waiting.is_empty()) {
            let name = name.split(['(', '<']).next().unwrap_or(name).to_owned();
            cases.push(Case { name, line, lines: line..u32::MAX, bodies: std::mem::take(&mut waiting) });
        }
    }
    if let Some(last) = cases.last_mut() {
        last.lines.end = last.lines.end.min(end);
    }
    cases
}

/// Of `block 0: 1: rest` the body 1, `1` and `rest`.
fn heading(comment: &str) -> Option<(usize, &str, &str)> {
    let (first, rest) = comment.split_once(": ")?;
    if let Some(block) = first.strip_prefix("block ") {
        let (what, rest) = rest.split_once(": ")?;
        return Some((block.parse::<usize>().ok()? + 1, what, rest));
    }
    (first == "captured" || first.parse::<u32>().is_ok()).then_some((0, first, rest))
}

fn names(list: &str) -> BTreeSet<String> {
    list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty() && name != "-").collect()
}

fn suspend(list: &str, line: u32) -> Suspend {
    let mut suspend = Suspend::default();
    for item in items(list).into_iter().filter(|item| *item != "-") {
        if let Some(count) = item.strip_prefix('<').and_then(|item| item.strip_suffix('>')) {
            let count = count.parse().unwrap_or_else(|_| panic!("line {line}: `{item}` is no number"));
            suspend.unnamed = Some((count, count));
            continue;
        }
        let (maybe, item) = item.strip_prefix("maybe ").map_or((false, item), |item| (true, item));
        let mut words = item.splitn(2, ' ');
        let name = words.next().unwrap_or(item);
        let mut rest = words.next().unwrap_or("").trim();
        let kept: &mut Kept = suspend.kept.entry(name.to_owned()).or_default();
        match maybe {
            _ if name == "__awaitee" => {}
            true => kept.maybe += 1,
            false => kept.sure += 1,
        }
        if let Some((reasons, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            kept.reasons.extend(reasons.split(", ").map(|name| reason(name, line)));
            rest = after.trim();
        }
        let mut words = rest.split_whitespace();
        while let Some(word) = words.next() {
            let certain = word == "->";
            let arrow = if certain { Some(word) } else { words.next() };
            let target = words.next().filter(|_| arrow == Some("->") && (certain || word == "may"));
            let target = target.unwrap_or_else(|| panic!("line {line}: `{rest}` is not understood"));
            kept.points_at.insert(target.to_owned(), certain);
        }
    }
    suspend
}

/// Cut at the commas that are not in brackets.
fn items(list: &str) -> Vec<&str> {
    let mut depth = 0;
    let outside = |letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    };
    list.split(outside).map(str::trim).collect()
}

fn reason(name: &str, line: u32) -> &'static str {
    let known = ["used", "dropped", "borrowed", "address"];
    known
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or_else(|| panic!("line {line}: no reason is called `{name}`"))
}

/// The same machine with one mistake each: a local that is surely kept, or a certain reference, is left out.
pub(crate) fn mistakes(seen: &Seen) -> Vec<Seen> {
    let mut all = Vec::new();
    for (number, suspend) in seen.suspends.iter().enumerate() {
        for (name, kept) in suspend.kept.iter().filter(|(_, kept)| kept.sure > 0) {
            let mut wrong = seen.clone();
            let local = wrong.suspends[number].kept.get_mut(name).expect("it is in the original");
            local.sure -= 1;
            all.push(wrong);
            for target in kept.points_at.iter().filter(|(_, certain)| **certain).map(|(target, _)| target) {
                let mut wrong = seen.clone();
                let local = wrong.suspends[number].kept.get_mut(name).expect("it is in the original");
                local.points_at.remove(target);
                all.push(wrong);
            }
        }
    }
    all
}
