//! An attack, and what shows that it is one: the same program without the trick compiles, and its payload alone is rejected.

use crate::compile::{Source, Verdict};
use crate::item::{Door, Item};

/// What must not be possible. That the program with it compiles is what makes a survivor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// The type is `Unpin` with this type argument, though its pinned field is not.
    IsUnpin(&'static str),
    /// `Drop` by hand, which gets `&mut` to what is pinned.
    Drop,
    /// `Unpin` by hand, for this type argument, or for all of them.
    Unpin(&'static str),
    /// Projects a value that nobody has pinned.
    NeverPinned(&'static str),
    /// Has two projections at once, which would be two references to one field.
    Twice(&'static str),
    /// Keeps a projection for longer than the value is borrowed.
    Escapes(&'static str),
    /// Projects what the engine has not seen so: that it compiles is enough.
    Accepted,
    /// Says what the engine refuses by an error of its own: that it compiles is enough, and that another stops it proves nothing.
    Refused,
    /// Its drop code gets at something that other code of the user's does not.
    Reached,
    /// These items.
    Items(&'static str),
    /// Runs the program, which calls an unsafe function if the trick works: see `victim`.
    Runs,
}

impl Payload {
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Payload::IsUnpin(_) => "is Unpin",
            Payload::Drop => "Drop by hand",
            Payload::Unpin(_) => "Unpin by hand",
            Payload::NeverPinned(_) => "projected unpinned",
            Payload::Twice(_) => "projected twice",
            Payload::Escapes(_) => "projected for too long",
            Payload::Reached => "reached",
            Payload::Accepted => "projected",
            Payload::Refused => "not refused",
            Payload::Items(_) => "implemented by hand",
            Payload::Runs => "runs unsafe code",
        }
    }

    /// One of these is what the compiler has to say of the payload without the trick.
    pub(crate) fn codes(&self) -> &'static [&'static str] {
        match self {
            Payload::IsUnpin(_) => &["E0277"],
            Payload::Drop => &["E0119"],
            // The second for an argument that the type does not take.
            Payload::Unpin(_) => &["E0119", "E0277"],
            Payload::NeverPinned(_) => &["E0599", "E0308", "E0277"],
            Payload::Twice(_) => &["E0499", "E0502"],
            Payload::Escapes(_) => &["E0597", "E0515", "E0521", "E0716", "E0505"],
            // What they speak of may not be there without the trick.
            Payload::Items(_) => &["E0119", "E0277", "E0412", "E0425", "E0107"],
            Payload::Reached | Payload::Accepted | Payload::Refused | Payload::Runs => &[],
        }
    }

    /// Whether the payload is stopped where there is no trick.
    pub(crate) fn bites(&self, teeth: &Verdict) -> bool {
        match self {
            Payload::Reached => matches!(teeth, Verdict::Rejected(_)),
            _ => self.codes().is_empty() || teeth.has(self.codes()),
        }
    }

    pub(crate) fn text(&self, item: &Item) -> String {
        let name = &item.name;
        let with = |instance: &str| if item.uses.is_empty() { name.clone() } else { format!("{name}<{instance}>") };
        match self {
            Payload::IsUnpin(instance) => format!("const _: fn() = || ::arsenal::is_unpin::<{}>();\n", with(instance)),
            Payload::Drop => item.implementation("::arsenal::Drop", "fn drop(&mut self) {}"),
            Payload::Unpin("") => item.implementation("::arsenal::Unpin", ""),
            Payload::Unpin(instance) => format!("impl ::arsenal::Unpin for {} {{}}\n", with(instance)),
            Payload::NeverPinned(instance) => {
                format!("fn qx_unpinned(mut qx_s: {}) {{ let _ = qx_s.project(); }}\n", with(instance))
            }
            Payload::Twice(instance) => format!(
                "fn qx_twice(mut qx_s: ::arsenal::Pin<&mut {}>) {{ let qx_1 = qx_s.as_mut().project(); \
                 let qx_2 = qx_s.as_mut().project(); ::arsenal::both(qx_1, qx_2); }}\n",
                with(instance)
            ),
            Payload::Escapes(instance) => format!(
                "fn qx_escapes(qx_s: {}) {{ let qx_p; {{ let mut qx_s = ::arsenal::Box::pin(qx_s); \
                 qx_p = qx_s.as_mut().project(); }} ::arsenal::both(qx_p, ()); }}\n",
                with(instance)
            ),
            Payload::Accepted => item.projects(),
            Payload::Items(items) => format!("{items}\n"),
            Payload::Reached | Payload::Refused | Payload::Runs => String::new(),
        }
    }
}

/// A generated program.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) family: &'static str,
    /// What it has in common with the programs that attack other names.
    pub(crate) template: String,
    /// The name under attack.
    pub(crate) name: String,
    pub(crate) door: Door,
    pub(crate) edition: &'static str,
    pub(crate) redirects: Vec<(String, String)>,
    pub(crate) alone: bool,
    pub(crate) features: &'static str,
    pub(crate) payload: Payload,
    /// The trick with the payload, which is what stands at the end.
    pub(crate) attack: String,
    /// Neither.
    pub(crate) control: String,
    /// The payload without the trick.
    pub(crate) teeth: String,
    /// The trick without the payload, with a function `qx_run`.
    pub(crate) harmless: Option<String>,
    /// How often pinned drop code runs in it.
    pub(crate) drops: usize,
}

impl Program {
    pub(crate) fn source(&self, text: &str) -> Source {
        Source {
            edition: self.edition,
            redirects: self.redirects.clone(),
            alone: self.alone,
            features: self.features,
            text: text.to_owned(),
        }
    }

    /// Whether errors that begin in this line are the payload's own, so that all else in the program is as it should be. That
    /// is so only for what the compiler looks at last, when it has looked at all other functions as well.
    pub(crate) fn is_payload(&self, line: usize) -> bool {
        matches!(self.payload, Payload::IsUnpin(_) | Payload::NeverPinned(_) | Payload::Twice(_) | Payload::Escapes(_))
            && line + 1 >= self.attack.lines().count()
    }

    /// The control has nothing to do with where the names of crates lead.
    pub(crate) fn without_redirects(&self, text: &str) -> Source {
        Source { redirects: Vec::new(), ..self.source(text) }
    }
}
