//! A coroutine's body as blocks of statements.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::{Builder, CellKind, Names};
use super::call::{Constructors, Manner};
use super::functions::Function;
use super::statement::{Block, Call, Path, Spot, Statement};
use super::{place, rvalue, scan};

/// Tells at most this many kinds of lines apart that are not understood in one file.
const SHAPES: usize = 1000;

#[derive(Debug, Default)]
pub(super) struct Body<'t> {
    pub names: Names<'t>,
    /// The first is where the machine is entered.
    pub blocks: Vec<Block>,
    /// Where it goes on from each state in which it waits: indices of blocks.
    pub resume: BTreeMap<u32, usize>,
    /// The variables, and the cells that they are; outermost first.
    pub variables: Vec<(&'t str, Spot)>,
    pub unknown_lines: u64,
}

pub(super) struct Parser<'t, 'u> {
    pub builder: Builder<'t>,
    pub constructors: &'u Constructors<'t>,
    pub body: Body<'t>,
    /// The indices of the blocks by their numbers in the text.
    pub numbers: BTreeMap<u32, usize>,
    unknown: &'u mut BTreeMap<String, u64>,
}

/// The body of a coroutine of that type, to which `_1` points, in a `Pin` or without one.
pub(super) fn parse<'t>(
    function: &Function<'t>,
    pinned: bool,
    constructors: &Constructors<'t>,
    unknown: &mut BTreeMap<String, u64>,
) -> Body<'t> {
    let mut builder = Builder::new();
    for (index, argument) in function.arguments.iter().enumerate() {
        builder.locals.insert(index as u32 + 1, argument);
    }
    builder.pointers.insert(1, pinned);
    let mut parser = Parser { builder, constructors, body: Body::default(), numbers: BTreeMap::new(), unknown };
    parser.look_ahead(function.body);
    parser.lines(function.body);
    parser.body.names = parser.builder.finish();
    parser.body
}

impl<'t> Parser<'t, '_> {
    /// What must be known before a line is understood: the numbers of blocks, the pointers to the machine, and the
    /// locals that are an index.
    fn look_ahead(&mut self, text: &'t str) {
        let mut assigned = BTreeSet::new();
        for line in text.lines().map(str::trim) {
            if let Some((number, _)) = block_start(line) {
                let index = self.numbers.len();
                self.numbers.entry(number).or_insert(index);
            }
            let Some((left, right)) = line.split_once(" = ") else { continue };
            let Some((local, "")) = scan::local(left) else { continue };
            let first = assigned.insert(local);
            let index =
                right.strip_prefix("const ").and_then(|constant| constant.strip_suffix("_usize;")?.parse().ok());
            match index {
                Some(index) if first => drop(self.builder.indices.insert(local, index)),
                _ => drop(self.builder.indices.remove(&local)),
            }
            let from_first =
                ["copy (_1.0: ", "move (_1.0: ", "deref_copy (_1.0: "].iter().any(|start| right.starts_with(start));
            if first && from_first && self.builder.pointers.get(&1) == Some(&true) {
                self.builder.pointers.insert(local, false);
            }
        }
        self.body.blocks = vec![Block::default(); self.numbers.len()];
    }

    fn lines(&mut self, text: &'t str) {
        let mut current = None;
        let mut lines =
            text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).peekable();
        while let Some(line) = lines.next() {
            if let Some((number, cleanup)) = block_start(line) {
                current = self.numbers.get(&number).copied();
                if let Some(index) = current {
                    self.body.blocks[index] = Block { cleanup, ..Block::default() };
                }
            } else if line == "}" {
                current = None;
            } else if let Some(index) = current {
                let ends = lines.peek().is_none_or(|next| *next == "}");
                let understood = match line.strip_suffix(';') {
                    Some(line) if ends => self.terminator(line, index),
                    Some(line) => self.statement(line, index),
                    None => None,
                };
                if understood.is_none() {
                    self.not_understood(line);
                    self.push(index, Statement::Unknown);
                    if ends {
                        self.body.blocks[index].next = self.targets(line);
                    }
                }
            } else if self.declaration(line).is_none() {
                self.not_understood(line);
            }
        }
    }

    pub(super) fn push(&mut self, block: usize, statement: Statement) {
        self.body.blocks[block].statements.push(statement);
    }

    fn not_understood(&mut self, line: &str) {
        self.body.unknown_lines += 1;
        let shape: String = line.chars().filter(|character| !character.is_ascii_digit()).take(60).collect();
        if self.unknown.len() < SHAPES || self.unknown.contains_key(&shape) {
            *self.unknown.entry(shape).or_default() += 1;
        }
    }

    /// A line outside of the blocks.
    fn declaration(&mut self, line: &'t str) -> Option<()> {
        if let Some(declared) = line.strip_prefix("let ") {
            let (local, rest) = scan::local(declared.strip_prefix("mut ").unwrap_or(declared))?;
            let type_name = rest.strip_prefix(": ")?.strip_suffix(';')?;
            self.builder.locals.insert(local, type_name);
            return Some(());
        }
        if let Some(variable) = line.strip_prefix("debug ") {
            let (name, what) = variable.strip_suffix(';')?.split_once(" => ")?;
            // A constant, a part of a variable, or one that is known by reference: it has no place of its own.
            if let Some((written, "")) = place::parse(what)
                && let Some(spot) = self.builder.spot(&written)
                && !name.starts_with('(')
            {
                self.body.variables.push((name, spot));
            }
            return Some(());
        }
        (line.starts_with("scope ") && line.ends_with('{')).then_some(())
    }

    fn statement(&mut self, line: &'t str, block: usize) -> Option<()> {
        let inside = |start: &str| line.strip_prefix(start).and_then(|rest| rest.strip_suffix(')'));
        if let Some(local) = inside("StorageLive(").or_else(|| inside("StorageDead(")) {
            let (local, "") = scan::local(local)? else { return None };
            let cell = self.builder.cell(CellKind::Local(local), None);
            self.push(block, Statement::Unset(cell));
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("discriminant(") {
            let (place, value) = rest.split_once(") = ")?;
            if self.builder.is_machine(place) {
                let variant = value.parse().ok()?;
                if variant >= 3 {
                    self.push(block, Statement::Suspend(variant));
                }
            } else {
                self.builder.whole_spot(place)?;
            }
            return Some(());
        }
        if let Some(condition) = inside("assume(") {
            let operands = self.builder.operands(condition)?;
            self.push(block, Statement::Use(operands));
            return Some(());
        }
        if let Some(copied) = inside("copy_nonoverlapping(") {
            // What is behind one pointer goes behind another: known is only that it may.
            let operands: Option<Vec<_>> = scan::split(copied, b',')?
                .into_iter()
                .map(|part| Some(self.builder.operand(part.split_once(" = ")?.1)?.0))
                .collect();
            let to = Spot {
                cell: self.builder.cell(CellKind::Local(u32::MAX), None),
                paths: vec![Path::new()],
                range: false,
            };
            let through = self.builder.symbol("ptr::copy_nonoverlapping");
            let call = Call {
                to,
                arguments: operands?,
                through,
                can_hold_borrow: false,
                shared: false,
                manner: Manner::Replaces,
            };
            self.push(block, Statement::Call(call));
            return Some(());
        }
        if line == "nop" || line == "ConstEvalCounter" || line.starts_with("Coverage::") {
            return Some(());
        }
        let (written, right) = place::parse(line)?;
        let right = right.strip_prefix(" = ")?;
        if let Some((local, "")) = scan::local(line.split(" = ").next()?)
            && local != 1
            && self.builder.pointers.contains_key(&local)
        {
            return Some(());
        }
        let to = self.builder.type_name(&written);
        let value = rvalue::parse(right, to, &mut self.builder)?;
        let spot = self.builder.spot(&written)?;
        self.push(block, Statement::Assign(spot, value));
        Some(())
    }
}

/// `bb3: {` and `bb3 (cleanup): {`: the number, and whether it is for cleaning up.
fn block_start(line: &str) -> Option<(u32, bool)> {
    let (number, rest) = scan::number(line.strip_prefix("bb")?)?;
    match rest {
        ": {" => Some((number, false)),
        " (cleanup): {" => Some((number, true)),
        _ => None,
    }
}
