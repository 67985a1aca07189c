//! Reads the entry of one coroutine: a struct with a variant part, each of whose variants names one of the structs inside.

use gimli::{
    Attribute, AttributeValue, DW_AT_alignment, DW_AT_byte_size, DW_AT_data_member_location, DW_AT_discr_value,
    DW_AT_name, DW_AT_type, DW_TAG_member, DW_TAG_structure_type, DW_TAG_template_type_parameter, DW_TAG_variant,
    DW_TAG_variant_part,
};

use super::object_file::Bytes;
use super::raw::{RawCoroutine, RawLayout, RawMember, RawVariant};
use super::unit_reader::{UnitReader, file, line, number, value};

/// In what the entry that is read stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Coroutine,
    VariantPart,
    Variant,
    Layout,
    /// Something that is not understood.
    Unknown,
}

pub(crate) fn read<'a>(reader: &UnitReader<'_, 'a>, offset: usize) -> gimli::Result<RawCoroutine<'a>> {
    let mut raw = reader.entries_from(offset)?;
    let mut attributes = Vec::new();
    if let Some(abbreviation) = raw.read_abbreviation()? {
        raw.read_attributes(abbreviation.attributes(), &mut attributes)?;
    }
    let mut coroutine = RawCoroutine {
        unit: reader.unit_index,
        size: number(&attributes, DW_AT_byte_size),
        align: number(&attributes, DW_AT_alignment),
        discriminant: None,
        variants: Vec::new(),
        layouts: Vec::new(),
        unknown: 0,
    };
    let mut inside = vec![Inside::Coroutine];
    while !raw.is_empty() && raw.next_depth() > 0 {
        let offset = raw.next_offset();
        let level = raw.next_depth() as usize;
        let Some(abbreviation) = raw.read_abbreviation()? else { continue };
        raw.read_attributes(abbreviation.attributes(), &mut attributes)?;
        inside.truncate(level);
        let parent = inside.last().copied().unwrap_or(Inside::Coroutine);
        let tag = abbreviation.tag();
        let mut now = Inside::Unknown;
        match (parent, tag) {
            (Inside::Coroutine, DW_TAG_variant_part) => now = Inside::VariantPart,
            (Inside::Coroutine, DW_TAG_structure_type) => {
                now = Inside::Layout;
                let name = value(&attributes, DW_AT_name).and_then(|name| reader.text(name)).unwrap_or("?");
                coroutine.layouts.push(RawLayout { entry: reader.here(offset), name, members: Vec::new() });
            }
            (Inside::VariantPart, DW_TAG_member) => {
                let place = member_offset(&attributes);
                let type_entry = value(&attributes, DW_AT_type).and_then(|entry| reader.entry(entry));
                coroutine.discriminant = place.zip(type_entry);
            }
            (Inside::VariantPart, DW_TAG_variant) => {
                now = Inside::Variant;
                let discriminant = number(&attributes, DW_AT_discr_value);
                coroutine.variants.push(RawVariant { discriminant, layout: None, file: None, line: None });
            }
            (Inside::Variant, DW_TAG_member) => {
                if let Some(variant) = coroutine.variants.last_mut() {
                    variant.layout = value(&attributes, DW_AT_type).and_then(|entry| reader.entry(entry));
                    variant.file = file(&attributes);
                    variant.line = line(&attributes);
                }
            }
            (Inside::Layout, DW_TAG_member) => {
                if let Some(layout) = coroutine.layouts.last_mut() {
                    layout.members.push(RawMember {
                        name: value(&attributes, DW_AT_name).and_then(|name| reader.text(name)).unwrap_or("?"),
                        type_entry: value(&attributes, DW_AT_type).and_then(|entry| reader.entry(entry)),
                        align: number(&attributes, DW_AT_alignment),
                        offset: member_offset(&attributes),
                    });
                }
            }
            (_, DW_TAG_template_type_parameter) | (Inside::Unknown, _) => {}
            _ => coroutine.unknown += 1,
        }
        inside.push(now);
    }
    Ok(coroutine)
}

/// A member without a place stands at the start.
fn member_offset(attributes: &[Attribute<Bytes<'_>>]) -> Option<u64> {
    match attributes.iter().find(|attribute| attribute.name() == DW_AT_data_member_location) {
        None => Some(0),
        Some(attribute) => match attribute.value() {
            AttributeValue::Exprloc(_) => None,
            value => value.udata_value(),
        },
    }
}
