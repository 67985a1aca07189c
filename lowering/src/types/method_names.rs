//! What the name of a method says, by the API guidelines of Rust and the standard library: how the receiver is taken, and what
//! comes back. A type may use a name in another way; such a name is not in these lists, or the prediction is wrong there.

use std::rc::Rc;

use super::{Classes, KnownType, Receiver, std_names};

pub(crate) fn receiver(name: &str) -> Receiver {
    match name {
        "map" | "filter" | "inspect" | "try_into" | "unwrap" | "expect" | "unwrap_or" | "unwrap_or_else"
        | "unwrap_or_default" | "unwrap_err" | "expect_err" | "ok" | "err" | "ok_or" | "ok_or_else" | "map_err"
        | "map_or" | "map_or_else" | "and_then" | "or_else" | "unzip" | "flatten" | "transpose" | "collect"
        | "fold" | "sum" | "product" | "rev" | "enumerate" | "zip" | "chain" | "cloned" | "copied" | "skip"
        | "step_by" | "filter_map" | "flat_map" | "take_while" | "skip_while" | "peekable" | "fuse" | "boxed"
        | "boxed_local" | "join_all" | "is_some_and" | "is_ok_and" | "is_none_or" | "count" | "last" | "for_each" => {
            Receiver::ByValue
        }
        _ if name == "into" || name.starts_with("into_") => Receiver::ByValue,
        "clone" | "len" | "iter" | "iter_mut" | "push" | "push_str" | "push_back" | "push_front" | "pop"
        | "pop_front" | "pop_back" | "insert" | "remove" | "get" | "get_mut" | "get_ref" | "contains"
        | "contains_key" | "clear" | "extend" | "extend_from_slice" | "drain" | "retain" | "append" | "truncate"
        | "resize" | "reserve" | "sort" | "sort_by" | "sort_by_key" | "sort_unstable" | "dedup" | "first"
        | "first_mut" | "last_mut" | "entry" | "keys" | "values" | "values_mut" | "borrow" | "borrow_mut" | "lock"
        | "read" | "write" | "try_lock" | "load" | "store" | "fetch_add" | "fetch_sub" | "compare_exchange"
        | "next" | "peek" | "peek_mut" | "eq" | "ne" | "cmp" | "partial_cmp" | "hash" | "fmt" | "deref"
        | "deref_mut" | "index" | "split_at" | "split_at_mut" | "chunks" | "windows" | "starts_with" | "ends_with"
        | "trim" | "chars" | "bytes" | "lines" | "split_whitespace" | "capacity" | "recv" | "try_recv"
        | "poll_next" | "poll_recv" | "read_exact" | "read_to_end" | "read_to_string" | "read_buf" | "write_all"
        | "write_buf" | "flush" | "shutdown" | "read_line" | "next_line" | "tick" | "changed" | "notified"
        | "send_replace" | "accept" | "readable" | "writable" | "try_read" | "try_write" | "local_addr"
        | "peer_addr" | "set_nodelay" | "nodelay" | "replace" | "replacen" | "elapsed" => Receiver::ByReference,
        _ if ["as_", "is_", "to_", "set_", "try_recv"].iter().any(|prefix| name.starts_with(prefix)) => {
            Receiver::ByReference
        }
        _ if name.ends_with("_mut") || name.ends_with("_ref") => Receiver::ByReference,
        _ => Receiver::Unknown,
    }
}

/// What the future of a method gives: `read_u16_le` and its like, of `tokio::io::AsyncReadExt`.
pub(crate) fn future_of(name: &str) -> Option<KnownType> {
    let number = name.strip_prefix("read_")?.trim_end_matches("_le");
    let ty = std_names::is_primitive(number).then(|| syn::parse_str(&format!("std::io::Result<{number}>")))?;
    Some(KnownType::FutureOf(Rc::new(ty.ok()?)))
}

/// What a method returns.
pub(crate) enum Returns {
    /// A value that holds no reference to the receiver.
    Owned(Classes),
    /// A reference into the receiver, or one that it has.
    Reference(Classes),
    /// The receiver itself, or what was in it.
    Receiver,
    Unknown,
}

pub(crate) fn returns(name: &str) -> Returns {
    match name {
        "len" | "capacity" | "count" | "is_empty" | "contains" | "contains_key" | "starts_with" | "ends_with"
        | "eq" | "ne" | "cmp" | "partial_cmp" | "elapsed" | "as_u16" | "as_secs" | "as_millis" | "as_secs_f64"
        | "status" | "load" | "fetch_add" | "fetch_sub" | "swap_remove_index" | "remaining" | "has_remaining"
        | "is_some_and" => Returns::Owned(Classes::COPY),
        _ if name
            .strip_prefix("get_")
            .is_some_and(|number| std_names::is_primitive(number.trim_end_matches("_le"))) =>
        {
            Returns::Owned(Classes::COPY)
        }
        _ if name.starts_with("is_") || name.starts_with("has_") => Returns::Owned(Classes::COPY),
        "to_string" | "to_owned" | "to_vec" | "to_uppercase" | "to_lowercase" | "to_ascii_lowercase"
        | "to_path_buf" | "into_bytes" | "into_boxed_slice" | "into_boxed_str" | "to_bytes" | "freeze" => {
            Returns::Owned(Classes::DROP)
        }
        "clone" => Returns::Receiver,
        "as_str" | "as_bytes" | "as_slice" | "as_path" | "trim" | "as_os_str" => Returns::Reference(Classes::SHARED),
        "as_mut_slice" | "as_bytes_mut" => Returns::Reference(Classes::UNIQUE),
        _ => Returns::Unknown,
    }
}
