//! The types of the standard library, and of crates that nearly every async program uses, by their last names.

use super::Classes;

/// What a type of that name is, whatever its arguments are.
pub(super) fn by_name(name: &str) -> Option<Classes> {
    Some(match name {
        _ if is_primitive(name) => Classes::COPY,
        "Duration" | "Instant" | "SystemTime" | "SocketAddr" | "SocketAddrV4" | "SocketAddrV6" | "IpAddr"
        | "Ipv4Addr" | "Ipv6Addr" | "TypeId" | "ThreadId" | "Ordering" | "Layout" | "PhantomData" | "PhantomPinned"
        | "NonNull" | "RawFd" | "ErrorKind" | "StatusCode" | "StreamId" | "Uuid" | "Infallible" | "NonZeroU8"
        | "NonZeroU16" | "NonZeroU32" | "NonZeroU64" | "NonZeroUsize" => Classes::COPY,
        "Box" => Classes::BOXED,
        "String" | "Vec" | "VecDeque" | "LinkedList" | "BinaryHeap" | "HashMap" | "HashSet" | "BTreeMap"
        | "BTreeSet" | "Arc" | "Rc" | "PathBuf" | "OsString" | "CString" | "Cow" | "MutexGuard" | "RwLockReadGuard"
        | "RwLockWriteGuard" | "OwnedMutexGuard" | "SemaphorePermit" | "JoinHandle" | "JoinSet" | "Bytes"
        | "BytesMut" | "Sender" | "Receiver" | "UnboundedSender" | "UnboundedReceiver" | "TcpStream"
        | "TcpListener" | "UdpSocket" | "UnixStream" | "UnixListener" | "File" | "Waker" | "Thread" | "IndexMap"
        | "HeaderMap" | "Url" | "Uri" | "FuturesUnordered" | "FuturesOrdered" | "BoxFuture" | "BoxStream"
        | "LocalBoxFuture" | "Semaphore" | "Mutex" | "Notify" | "CancellationToken" | "Sleep" | "Interval"
        | "Child" | "Command" => Classes::DROP,
        "OwnedSemaphorePermit" => Classes::DROP,
        "AtomicBool" | "AtomicU8" | "AtomicU16" | "AtomicU32" | "AtomicU64" | "AtomicUsize" | "AtomicI64"
        | "AtomicPtr" | "Range" | "RangeInclusive" | "Context" | "ReadBuf" | "Chars" | "CharIndices" => Classes::MOVE,
        _ => return None,
    })
}

const PRIMITIVES: [&str; 16] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
    "char",
];

pub(super) fn is_primitive(name: &str) -> bool {
    PRIMITIVES.contains(&name)
}

/// What a type of that name is that holds its arguments by value and nothing else.
pub(super) fn wraps_arguments(name: &str) -> bool {
    [
        "Option",
        "Result",
        "Poll",
        "Reverse",
        "Wrapping",
        "Saturating",
        "ControlFlow",
        "Bound",
        "Some",
        "Ok",
        "Err",
        "Ready",
        "Cell",
        "RefCell",
        "OnceCell",
        "MaybeUninit",
    ]
    .contains(&name)
}

/// What `Type::function(…)` returns, if it is known without looking at the arguments.
pub(crate) fn constructor(type_name: &str, function: &str) -> Option<Classes> {
    match (type_name, function) {
        ("Arc" | "Rc" | "Vec" | "Box", "as_ptr" | "into_raw") => Some(Classes::COPY),
        ("Arc" | "Rc", "downgrade") => Some(Classes::DROP),
        ("Arc" | "Rc", "strong_count" | "weak_count" | "ptr_eq") => Some(Classes::COPY),
        ("String", "from_utf8_lossy") => Some(Classes::DROP),
        // What may fail wraps it.
        (_, "try_from" | "from_str" | "open" | "create" | "connect" | "bind" | "parse" | "try_new" | "from_utf8") => {
            by_name(type_name).map(|_| Classes::NAMED)
        }
        ("Instant" | "Duration" | "SystemTime", _) => Some(Classes::COPY),
        (
            _,
            "new" | "with_capacity" | "from" | "default" | "clone" | "pin" | "from_iter" | "now" | "copy_from_slice"
            | "from_static",
        ) => by_name(type_name),
        _ => None,
    }
}
