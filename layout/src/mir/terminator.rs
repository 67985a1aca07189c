//! The last line of a block: a jump, a drop or a call.

use super::body::Parser;
use super::call;
use super::statement::{Call, Operand, Path, Statement, Step, Value};
use super::{can_hold_borrow, place, scan};

impl<'t> Parser<'t, '_> {
    pub(super) fn terminator(&mut self, line: &'t str, block: usize) -> Option<()> {
        if matches!(line, "return" | "resume" | "unreachable" | "coroutine_drop") || line.starts_with("terminate(") {
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("switchInt(") {
            let (operand, rest) = self.builder.operand(rest)?;
            let targets = rest.strip_prefix(") -> ")?;
            self.push(block, Statement::Use(vec![operand]));
            self.body.blocks[block].next = self.targets(targets);
            if block == 0 {
                self.resume_blocks(targets);
            }
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("assert(") {
            let end = scan::until(rest, b")")?;
            let negated = rest.strip_prefix('!').unwrap_or(rest);
            let (operand, _) = self.builder.operand(negated)?;
            self.push(block, Statement::Use(vec![operand]));
            self.body.blocks[block].next = self.targets(&rest[end..]);
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("drop(") {
            let (written, rest) = place::parse(rest)?;
            let spot = self.builder.spot(&written)?;
            self.push(block, Statement::Drop(spot));
            self.body.blocks[block].next = self.targets(rest.strip_prefix(") -> ")?);
            return Some(());
        }
        if let Some(targets) = line.strip_prefix("goto -> ") {
            self.body.blocks[block].next = self.targets(targets);
            return Some(());
        }
        self.call(line, block)
    }

    /// `place = function(arguments) -> [return: bb1, unwind continue]`.
    fn call(&mut self, line: &'t str, block: usize) -> Option<()> {
        let (written, rest) = place::parse(line)?;
        let rest = rest.strip_prefix(" = ")?;
        let (callee, function, rest) = match self.builder.operand(rest) {
            Some((operand @ (Operand::Copy(_) | Operand::Move(_)), rest)) => ("", Some(operand), rest),
            _ => {
                let rest = rest.strip_prefix("const ").unwrap_or(rest);
                let end = scan::until(rest, b"(")?;
                (&rest[..end], None, &rest[end..])
            }
        };
        let rest = rest.strip_prefix('(')?;
        let end = scan::until(rest, b")")?;
        let texts = scan::split(&rest[..end], b',')?;
        let mut arguments = self.builder.operands(&rest[..end])?;
        let targets = self.targets(rest[end..].strip_prefix(") -> ")?);

        let to = self.builder.spot(&written)?;
        let result = self.builder.type_name(&written);
        let parts = self.parts_of_result(callee, result, &texts);
        if let ([.., "Pin", "as_mut"], [Operand::Copy(pin) | Operand::Move(pin)]) =
            (call::segments(callee).as_slice(), arguments.as_mut_slice())
            && parts.is_some()
        {
            // It is given a reference to a pin, and what counts is the reference in that.
            pin.paths.push(vec![Step::Field(0)]);
        }
        let statement = match parts {
            Some(parts) => Statement::Assign(to, Value::Parts(pick(parts, arguments))),
            None => {
                arguments.extend(function);
                let name = if callee.is_empty() { "a function pointer".to_owned() } else { call::short_name(callee) };
                let through = self.builder.symbol(&name);
                let shared = result.is_some_and(|result| {
                    result.starts_with('&')
                        && !result.starts_with("&mut ")
                        && !can_hold_borrow::is_shared_mutable(result)
                });
                let can_hold_borrow = result.is_none_or(can_hold_borrow::can_hold_borrow);
                Statement::Call(Call { to, arguments, through, can_hold_borrow, shared, manner: call::manner(callee) })
            }
        };
        self.push(block, statement);
        self.body.blocks[block].next = targets;
        Some(())
    }

    /// Which arguments the result of the function is made up of, and where in the result each is.
    fn parts_of_result(&self, callee: &str, result: Option<&str>, arguments: &[&'t str]) -> Option<Vec<(Path, usize)>> {
        let result = result?;
        if let Some(made) = self.constructors.arguments(callee, result, arguments.len()) {
            let field = |(index, argument): (usize, usize)| (vec![Step::Field(index as u32)], argument);
            return Some(made.into_iter().enumerate().map(field).collect());
        }
        match call::segments(callee).as_slice() {
            // What is a future or an iterator already is given back as it is.
            ["IntoFuture", "into_future"] | ["IntoIterator", "into_iter"] => {
                let operand = arguments.first()?;
                let place = operand.strip_prefix("move ").or_else(|| operand.strip_prefix("copy "))?;
                let same = self.builder.type_name(&place::parse(place)?.0) == Some(result);
                same.then(|| vec![(Path::new(), 0)])
            }
            [.., "Pin", "new_unchecked" | "new" | "as_mut"] if is_pin(result) => Some(vec![(vec![Step::Field(0)], 0)]),
            _ => None,
        }
    }

    /// The blocks that a list of targets names.
    pub(super) fn targets(&self, text: &str) -> Vec<usize> {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let names = text.split(|character: char| !character.is_ascii() || !word(character as u8));
        let numbers = names.filter_map(|name| name.strip_prefix("bb")?.parse::<u32>().ok());
        let mut blocks: Vec<_> = numbers.filter_map(|number| self.numbers.get(&number).copied()).collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    }

    /// `[0: bb1, 1: bb13, 3: bb11, otherwise: bb7]` of the block in which the machine is entered.
    fn resume_blocks(&mut self, targets: &str) {
        for target in targets.trim_matches(['[', ']']).split(", ") {
            let Some((value, block)) = target.split_once(": ") else { continue };
            let (Ok(variant), Some(&block)) = (value.parse::<u32>(), self.targets(block).first()) else { continue };
            if variant >= 3 {
                self.body.resume.insert(variant, block);
            }
        }
    }
}

fn pick(parts: Vec<(Path, usize)>, arguments: Vec<Operand>) -> Vec<(Path, Operand)> {
    parts.into_iter().filter_map(|(path, index)| Some((path, arguments.get(index)?.clone()))).collect()
}

fn is_pin(type_name: &str) -> bool {
    ["std::pin::Pin<", "core::pin::Pin<"].iter().any(|start| type_name.starts_with(start))
}
