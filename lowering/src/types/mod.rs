//! What can be known of a type without its definition.

mod class;
mod known;
mod method_names;
mod std_names;
mod text;
mod written;

pub(crate) use class::{Class, Classes};
pub(crate) use known::{Known, last_name, mentions};
pub(crate) use method_names::{Receiver, Returns, future_of, receiver, returns};
pub(crate) use std_names::constructor;
pub(crate) use text::type_text;
pub(crate) use written::{Generics, classes_of, may_lend};
