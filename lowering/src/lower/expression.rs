//! Expressions that are evaluated for their value.

use syn::Expr;

use super::Builder;
use super::place::Path;
use super::source_text::first_line;
use super::value::{Value, all_loans, through};
use crate::graph::Action;
use crate::types::{Classes, KnownType, classes_of};

impl Builder<'_> {
    /// Evaluates an expression.
    pub(super) fn value(&mut self, expression: &Expr) -> Value {
        match expression {
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => self.value_of_place(expression),
            Expr::Lit(literal) => {
                let classes = of_literal(&literal.lit);
                Value { known: Some(KnownType::Primitive).filter(|_| classes == Classes::COPY), ..Value::of(classes) }
            }
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Group(inner) => self.value(&inner.expr),
            Expr::Reference(reference) => self.reference(&reference.expr, reference.mutability.is_some()),
            Expr::RawAddr(raw) => {
                let pointer = self.reference(&raw.expr, false);
                Value { classes: Classes::COPY, ..pointer }
            }
            Expr::Await(awaited) => self.awaited(awaited),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Macro(invocation) => self.macro_value(&invocation.mac),
            Expr::Block(block) => self.labelled_block(block.label.as_ref(), &block.block),
            Expr::Unsafe(block) => self.block(&block.block),
            // Evaluated by the compiler; nothing of the body takes part.
            Expr::Const(_) | Expr::Infer(_) => Value::unknown(),
            Expr::TryBlock(block) => self.block(&block.block),
            Expr::If(branch) => self.if_expression(branch),
            Expr::Match(matched) => self.match_expression(matched),
            Expr::Let(_) => self.condition_value(expression),
            Expr::Loop(repeated) => self.loop_expression(repeated),
            Expr::While(repeated) => self.while_expression(repeated),
            Expr::ForLoop(repeated) => self.for_expression(repeated),
            Expr::Break(exit) => self.break_expression(exit),
            Expr::Continue(exit) => self.continue_expression(exit),
            Expr::Return(exit) => self.return_expression(exit),
            Expr::Try(tried) => self.try_expression(tried),
            Expr::Closure(closure) => self.closure(closure),
            Expr::Async(block) => self.async_block(block),
            Expr::Struct(literal) => self.struct_literal(literal),
            Expr::Tuple(tuple) => {
                let values = self.operands(tuple.elems.iter());
                let parts = values.iter().map(|value| (value.classes, value.known.clone())).collect();
                Value::inside(all_loans(values), Classes::ANY).typed(Some(KnownType::Tuple(parts)), self)
            }
            Expr::Array(array) => {
                let values = self.operands(array.elems.iter());
                let classes = values.iter().fold(Classes::COPY, |classes, value| classes.with(value.classes));
                let loans = all_loans(values);
                Value { known: Some(KnownType::Array(classes)), ..Value::inside(loans, classes) }
            }
            Expr::Repeat(repeat) => {
                let value = self.value(&repeat.expr);
                let classes = value.classes.wrapped();
                Value { known: Some(KnownType::Array(classes)), ..Value::inside(value.loans, classes) }
            }
            Expr::Range(range) => {
                let ends: Vec<&Expr> = range.start.as_deref().into_iter().chain(range.end.as_deref()).collect();
                let values = self.operands(ends.into_iter());
                Value::inside(all_loans(values), Classes::MOVE)
            }
            Expr::Cast(cast) => {
                let value = self.value(&cast.expr);
                Value::inside(value.loans, classes_of(&cast.ty, &self.generics, self.package.types()))
            }
            Expr::Unary(unary) => self.unary(unary),
            Expr::Binary(binary) => self.binary(binary),
            Expr::Assign(assignment) => self.assignment(&assignment.left, &assignment.right),
            Expr::Yield(yielded) => yielded.expr.as_deref().map_or_else(Value::unknown, |value| self.value(value)),
            _ => Value::unknown(),
        }
    }

    fn value_of_place(&mut self, expression: &Expr) -> Value {
        let place = self.place(expression);
        self.take(place)
    }

    /// The values of expressions that are evaluated one after the other, and used together after the last. One that waits for
    /// a suspension is a temporary while it does.
    pub(super) fn operands<'e>(&mut self, expressions: impl Iterator<Item = &'e Expr>) -> Vec<Value> {
        let expressions: Vec<&Expr> = expressions.collect();
        let last = match self.frame().is_async {
            true => expressions.iter().rposition(|expression| super::awaiting::suspends(expression)).unwrap_or(0),
            false => 0,
        };
        let mut waiting = Vec::new();
        let mut values = Vec::new();
        for (index, expression) in expressions.into_iter().enumerate() {
            let value = self.value(expression);
            if index < last && !matches!(expression, Expr::Lit(_)) {
                let line = first_line(expression);
                let local = self.temporary(expression, &value, line);
                let depth = self.frame().temporaries;
                self.frame().schedule(local, depth);
                waiting.push((local, line));
            }
            values.push(value);
        }
        for (local, line) in waiting {
            self.step(local, Action::Value, line);
        }
        values
    }

    fn struct_literal(&mut self, literal: &syn::ExprStruct) -> Value {
        let package = self.package;
        let fields = literal.fields.iter().filter(|field| package.is_active(&field.attrs));
        let values = self.operands(fields.map(|field| &field.expr));
        let mut loans: Vec<_> = all_loans(values);
        if let Some(rest) = &literal.rest {
            // The fields that are not named are taken out of it.
            let place = self.place(rest);
            let action = if place.path == Path::Behind { Action::Through } else { Action::PartValue };
            if let Some(root) = place.root {
                self.step(root, action, place.line);
            }
            loans.extend(place.loans);
        }
        let name = literal.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let name = if name == "Self" { self.own_type.clone().unwrap_or(name) } else { name };
        Value::inside(loans, self.package.type_classes(&name).unwrap_or(Classes::NAMED))
    }

    fn unary(&mut self, unary: &syn::ExprUnary) -> Value {
        match unary.op {
            syn::UnOp::Deref(_) => {
                let place = self.place(&unary.expr);
                let loans = place.loans.clone();
                if let Some(root) = place.root {
                    self.step(root, Action::Through, place.line);
                }
                // What was moved or copied out of a place that cannot be followed.
                Value::unknown().lending(through(loans, "*"))
            }
            _ => Value::of(self.value(&unary.expr).classes),
        }
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Value {
        use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
        match &binary.op {
            And(_) | Or(_) => self.condition_value_of(binary),
            // Operators of built-in types read both sides; those of other types borrow them.
            Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) => {
                self.compared(&binary.left, &binary.right);
                Value::of(Classes::COPY)
            }
            op if is_assigning(op) => {
                let value = self.value(&binary.right);
                let place = self.place(&binary.left);
                if let Some(root) = place.root {
                    let action = match place.path {
                        Path::Itself if value.classes == Classes::COPY => Action::Read,
                        Path::Itself => Action::Operate,
                        Path::Part => Action::AssignPart,
                        Path::Behind => Action::Through,
                    };
                    self.step(root, action, place.line);
                }
                Value::of(Classes::COPY)
            }
            _ => {
                let values = self.operands([&*binary.left, &*binary.right].into_iter());
                let is_number = values.iter().any(|value| value.classes == Classes::COPY);
                Value::of(if is_number { Classes::COPY } else { Classes::NAMED })
            }
        }
    }

    /// Both sides of a comparison.
    pub(super) fn compared(&mut self, left: &Expr, right: &Expr) {
        for (side, other) in [(left, right), (right, left)] {
            let place = self.place(side);
            let Some(root) = place.root else { continue };
            let is_primitive = place.known.as_ref().is_some_and(KnownType::is_primitive);
            let action = match place.path {
                // A number is compared with a number, without a borrow.
                Path::Itself if is_number(other) || is_primitive => Action::Read,
                Path::Itself => Action::Operate,
                Path::Part if is_number(other) => Action::PartValue,
                Path::Part => Action::PartReceiver,
                Path::Behind => Action::Through,
            };
            if is_number(other) && place.path == Path::Itself {
                self.narrow(root, Classes::COPY);
            }
            self.step(root, action, place.line);
        }
    }

    /// The local's type is found out from the way in which it is used.
    pub(super) fn narrow(&mut self, local: crate::graph::LocalId, classes: Classes) {
        let known = &mut self.frame().graph.locals[local.index()].classes;
        *known = known.narrowed(classes);
    }

    pub(super) fn assignment(&mut self, left: &Expr, right: &Expr) -> Value {
        let value = self.value(right);
        let line = first_line(left);
        self.assign_to(left, &value, line);
        Value::of(Classes::COPY)
    }

    fn assign_to(&mut self, left: &Expr, value: &Value, line: u32) {
        match left {
            Expr::Paren(inner) => self.assign_to(&inner.expr, value, line),
            Expr::Tuple(parts) => parts.elems.iter().for_each(|part| self.assign_to(part, value, line)),
            Expr::Array(parts) => parts.elems.iter().for_each(|part| self.assign_to(part, value, line)),
            Expr::Infer(_) => {}
            _ => {
                let place = self.place(left);
                let Some(root) = place.root else { return };
                match place.path {
                    Path::Itself => {
                        self.step(root, Action::Drop, line);
                        self.assign(root, value, line);
                    }
                    Path::Part => {
                        self.frame().step_part(root, Action::AssignPart, &place.part, line);
                        // Through a reference it is stored elsewhere.
                        if !self.classes(root).is_reference() {
                            self.lend(root, &value.loans);
                        }
                    }
                    Path::Behind => self.step(root, Action::Through, line),
                }
            }
        }
    }

    /// A path that names no local.
    pub(super) fn constant(&mut self, path: &syn::ExprPath) -> Value {
        let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let is_constant =
            name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
        match name.as_str() {
            // A function item is copied.
            _ if name.starts_with(|first: char| first.is_ascii_lowercase()) => Value::of(Classes::COPY),
            "None" => Value::of(Classes::NAMED),
            _ if is_constant => Value::unknown(),
            _ => {
                // A variant, with its enum in front, or a unit struct.
                let of_type = path.path.segments.iter().rev().nth(1).map(|of_type| of_type.ident.to_string());
                let of_type =
                    of_type.and_then(|of_type| if of_type == "Self" { self.own_type.clone() } else { Some(of_type) });
                let classes = of_type.and_then(|of_type| self.package.type_classes(&of_type));
                Value::of(classes.or_else(|| self.package.type_classes(&name)).unwrap_or(Classes::NAMED))
            }
        }
    }
}

fn is_assigning(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

fn is_number(expression: &Expr) -> bool {
    match expression {
        Expr::Lit(literal) => !matches!(literal.lit, syn::Lit::Str(_) | syn::Lit::ByteStr(_) | syn::Lit::CStr(_)),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Neg(_)) && is_number(&unary.expr),
        Expr::Cast(_) => true,
        Expr::Paren(inner) => is_number(&inner.expr),
        Expr::MethodCall(call) => call.method == "len" || call.method == "count",
        _ => false,
    }
}

fn of_literal(literal: &syn::Lit) -> Classes {
    match literal {
        syn::Lit::Str(_) | syn::Lit::ByteStr(_) | syn::Lit::CStr(_) => Classes::SHARED,
        _ => Classes::COPY,
    }
}
