use std::ops::{BitAnd, BitOr};

/// What about a type decides whether a local of it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// `&T`: copied, and what is done through it does not touch the local itself.
    Shared,
    /// `&mut T`: as above, but reborrowed instead of copied.
    Unique,
    /// Copied, and borrowed by what takes it by reference: `u32`, `Option<char>`.
    Copy,
    /// Moved, and nothing to drop: a range, an iterator over a slice.
    Move,
    /// A box: moved, dropped, and dereferenced without a call, so that a use of what is in it is no borrow of the box.
    Boxed,
    /// Moved, and dropped at the end of its scope.
    Drop,
}

impl Class {
    pub(crate) const ALL: [Class; 6] =
        [Class::Shared, Class::Unique, Class::Copy, Class::Move, Class::Boxed, Class::Drop];

    pub(crate) fn is_reference(self) -> bool {
        matches!(self, Class::Shared | Class::Unique)
    }

    pub(crate) fn needs_drop(self) -> bool {
        matches!(self, Class::Boxed | Class::Drop)
    }
}

/// The classes that a type can be of, as far as the source says. Never empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classes(u8);

impl Classes {
    pub(crate) const ANY: Classes = Classes(0b11_1111);
    pub(crate) const SHARED: Classes = Classes::only(Class::Shared);
    pub(crate) const UNIQUE: Classes = Classes::only(Class::Unique);
    pub(crate) const COPY: Classes = Classes::only(Class::Copy);
    pub(crate) const MOVE: Classes = Classes::only(Class::Move);
    pub(crate) const BOXED: Classes = Classes::only(Class::Boxed);
    pub(crate) const DROP: Classes = Classes::only(Class::Drop);
    /// What a type with a name can be. It may be an alias of a reference or a box, but that is rare, and left out.
    pub(crate) const NAMED: Classes = Classes(0b10_1100);
    /// What is moved and not copied.
    pub(crate) const NEEDS_MOVE: Classes = Classes(0b11_1000);
    /// What is no reference.
    pub(crate) const OWNED: Classes = Classes(0b11_1100);
    /// What may be copied, or is reborrowed where it looks copied.
    pub(crate) const REUSABLE: Classes = Classes(0b00_0111);

    const fn only(class: Class) -> Classes {
        Classes(1 << class as u8)
    }

    pub(crate) fn contains(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Class> {
        Class::ALL.into_iter().filter(move |class| self.contains(*class))
    }

    /// Whether all of them are dropped, or none is.
    pub(crate) fn always_needs_drop(self) -> Option<bool> {
        let all = self.iter().all(Class::needs_drop);
        let none = !self.iter().any(Class::needs_drop);
        (all || none).then_some(all)
    }

    /// The class to go on with when the one that is being tried is none of these.
    pub(crate) fn first(self) -> Class {
        self.iter().next().unwrap_or(Class::Drop)
    }

    /// Whether it can only be a reference.
    pub(crate) fn is_reference(self) -> bool {
        self.iter().all(Class::is_reference)
    }

    pub(crate) fn overlaps(self, other: Classes) -> bool {
        (self & other).0 != 0
    }

    /// What is in both; `self` where that is nothing, because then one of the two is mistaken.
    pub(crate) fn narrowed(self, other: Classes) -> Classes {
        let both = self & other;
        if both.0 == 0 { self } else { both }
    }

    /// The classes of a struct, tuple or enum that has these inside.
    pub(crate) fn wrapped(self) -> Classes {
        let mut outer = Classes(0);
        for class in self.iter() {
            outer = outer
                | match class {
                    Class::Shared | Class::Copy => Classes::COPY,
                    Class::Unique | Class::Move => Classes::MOVE,
                    Class::Boxed | Class::Drop => Classes::DROP,
                };
        }
        outer
    }

    /// The classes of something that has both inside.
    pub(crate) fn with(self, other: Classes) -> Classes {
        let (own, other) = (self.wrapped(), other.wrapped());
        let mut both = Classes(0);
        for one in own.iter() {
            for two in other.iter() {
                both.0 |= 1 << one.max(two) as u8;
            }
        }
        both
    }
}

impl BitAnd for Classes {
    type Output = Classes;

    fn bitand(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }
}

impl BitOr for Classes {
    type Output = Classes;

    fn bitor(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

impl std::fmt::Debug for Classes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
