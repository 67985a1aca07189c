//! Reads the variables of a function that polls a coroutine, and the scopes in which they are.

use gimli::{
    Attribute, AttributeValue, DW_AT_alignment, DW_AT_location, DW_AT_name, DW_AT_type, DW_TAG_lexical_block,
    DW_TAG_variable, Operation,
};

use super::object_file::Bytes;
use super::raw::{FoundPollFunction, RawPollFunction, RawVariable};
use super::unit_reader::{UnitReader, file, line, number, value};

pub(crate) fn read<'a>(
    reader: &UnitReader<'_, 'a>,
    found: &FoundPollFunction<'a>,
) -> gimli::Result<RawPollFunction<'a>> {
    let mut function = RawPollFunction { unit: found.unit, variables: Vec::new(), scopes: vec![0] };
    let mut raw = reader.entries_from(found.offset)?;
    // The scopes around the entry: depth and number. What is inside of an inlined function has none.
    let mut around: Vec<(isize, Option<u32>)> = Vec::new();
    let mut attributes = Vec::new();
    while !raw.is_empty() {
        let depth = raw.next_depth();
        let Some(abbreviation) = raw.read_abbreviation()? else {
            // The end of the function's own children.
            if raw.next_depth() <= 0 {
                break;
            }
            continue;
        };
        if around.is_empty() {
            raw.skip_attributes(abbreviation.attributes())?;
            if !abbreviation.has_children() {
                break;
            }
            around.push((depth, Some(0)));
            continue;
        }
        while around.len() > 1 && around.last().is_some_and(|(deeper, _)| *deeper >= depth) {
            around.pop();
        }
        let scope = around.last().and_then(|(_, scope)| *scope);
        let tag = abbreviation.tag();
        match scope {
            Some(scope) if tag == DW_TAG_variable => {
                raw.read_attributes(abbreviation.attributes(), &mut attributes)?;
                function.variables.extend(variable(reader, &attributes, scope));
            }
            _ => {
                raw.skip_attributes(abbreviation.attributes())?;
                if abbreviation.has_children() {
                    let inner = scope.filter(|_| tag == DW_TAG_lexical_block).map(|parent| {
                        function.scopes.push(parent);
                        function.scopes.len() as u32 - 1
                    });
                    around.push((depth, inner));
                }
            }
        }
    }
    Ok(function)
}

fn variable<'a>(
    reader: &UnitReader<'_, 'a>,
    attributes: &[Attribute<Bytes<'a>>],
    scope: u32,
) -> Option<RawVariable<'a>> {
    Some(RawVariable {
        name: value(attributes, DW_AT_name).and_then(|name| reader.text(name))?,
        type_entry: value(attributes, DW_AT_type).and_then(|entry| reader.entry(entry)),
        align: number(attributes, DW_AT_alignment),
        line: line(attributes),
        file: file(attributes),
        offset: place_in_coroutine(reader, attributes),
        scope,
    })
}

/// Without optimisation the location of a variable that is stored in the coroutine is: take the pointer to the coroutine from
/// the stack, follow it, and add the offset.
fn place_in_coroutine<'a>(reader: &UnitReader<'_, 'a>, attributes: &[Attribute<Bytes<'a>>]) -> Option<u64> {
    let AttributeValue::Exprloc(expression) = value(attributes, DW_AT_location)? else { return None };
    let mut operations = expression.operations(reader.encoding());
    let Operation::FrameOffset { .. } = operations.next().ok()?? else { return None };
    let Operation::Deref { .. } = operations.next().ok()?? else { return None };
    let mut offset = 0u64;
    while let Some(operation) = operations.next().ok()? {
        match operation {
            Operation::PlusConstant { value } => offset = offset.checked_add(value)?,
            // A reference that the coroutine captured: one more step leads out of the coroutine.
            _ => return None,
        }
    }
    Some(offset)
}
