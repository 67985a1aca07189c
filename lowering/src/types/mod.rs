//! What can be known of a type without its definition.

mod class;
mod known_type;
mod method_names;
mod receiver;
mod std_names;
mod text;
mod written;

pub(crate) use class::{Class, Classes};
pub(crate) use known_type::{KnownType, last_name, mentions};
pub(crate) use method_names::{Returns, future_of, receiver, returns};
pub(crate) use receiver::Receiver;
pub(crate) use std_names::constructor;
pub(crate) use text::type_text;
pub(crate) use written::{Generics, OwnTypes, classes_of, may_lend};
