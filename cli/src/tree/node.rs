use pinsight_machine::Location;
use serde::Serialize;

/// A future in a tree of awaited children.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Node {
    /// As a person writes it: of a coroutine its path with type arguments, of another future its type with short names.
    pub(crate) name: String,
    /// The id of its machine, for a coroutine.
    pub(crate) machine: Option<String>,
    /// `async fn`, `hand-written`, `dyn`.
    pub(crate) kind: String,
    /// Where the body of a coroutine begins.
    pub(crate) location: Option<Location>,
    /// In bytes, without what it has in boxes.
    pub(crate) size: Option<u64>,
    /// What it adds to its largest child: its size without that of the largest child that it holds by value. From the root down the
    /// largest path these add up to the root's size.
    pub(crate) adds: Option<u64>,
    /// What it is to the node above.
    pub(crate) relation: Relation,
    /// In a box: its bytes are no part of the node above.
    pub(crate) boxed: bool,
    /// The states of the machine above in which it is stored.
    pub(crate) states: Vec<At>,
    /// The slot of the machine above.
    pub(crate) slot: Option<String>,
    /// From the start of the machine above, in bytes, in the first of the states. `None` where it is not known, and in a box.
    pub(crate) offset: Option<u64>,
    /// On the largest path: the root, its largest child by value, and so on.
    pub(crate) largest: bool,
    /// Why nothing is below it although there may be something.
    pub(crate) end: Option<End>,
    /// What it holds, largest first.
    pub(crate) children: Vec<Node>,
}

/// What a node is to the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Relation {
    /// It is the first.
    Root,
    /// The machine above awaits it.
    Awaited,
    /// The machine above stores it while it awaits something else, as `select!` and `pin!` do.
    Held,
    /// A part of the hand-written future above.
    Part,
}

/// A state of the machine above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct At {
    /// `Suspend0`
    pub(crate) state: String,
    /// The place of its `.await`.
    pub(crate) location: Option<Location>,
}

/// Why the tree ends at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum End {
    /// It is above itself: a recursive function, which needs a box.
    Recursive,
    /// It is elsewhere in this tree, with its children.
    Repeated,
    /// A `dyn Future`: which one is only known at run time.
    RunTime,
    /// Its machine is not among those that were read.
    Unknown,
    /// The tree has become too deep or too large.
    TooLarge,
}

impl Node {
    /// The children that are a part of its bytes.
    pub(crate) fn by_value(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter(|child| !child.boxed)
    }
}
