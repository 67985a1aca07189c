"""Texts for pin-project-lite's macro with one thing wrong in them, more or less at random."""

import re
from dataclasses import dataclass

from texts import HEAD, Sample, wrapped

TOKEN = re.compile(r"///[^\n]*\n|\"[^\"]*\"|'>'|'[A-Za-z_]\w*|'r#\w+|\$?(?:r#)?[A-Za-z_]\w*|\d+|->|::|[^\s]")

INSERTED = [",", ",", ";", "::", "<", ">", "->", "type", "self", "=", "!", "#", "{}", "()", "[]", "impl", "struct", "mut", "ref",
            "where", "'a", "pub", "unsafe", "const", "_", '"text"', "1", "+", "?", "for", "crate", "x", "dyn", "&", "enum",
            "#[pin]", "#[x]", "pub(crate)", "async"]

TAILS = [";", "garbage", "#[x]", "compile_error!(\"x\");", "struct Other { a: u8 }", "fn f() {}", "impl Thing {}", "enum E {}",
         "impl Drop for Thing { fn drop(&mut self) {} }", "impl PinnedDrop for Other { fn drop(this: Pin<&mut Self>) {} }",
         "where u8: Copy", "{}", "/// Nothing.\n", ",", "mod m {}", "#![allow(x)]", "pin_project! { struct T { a: u8 } }"]

ATTRIBUTES = ["#[project]", "#[project = ]", "#[project()]", "#[project(Unpin)]", "#[project(! Unpin,)]", "#[project = \"A\"]",
              "#[project = crate::A]", "#[project = A, B]", "#[project = self]", "#[project = type]", "#[project = A<T>]",
              "#[project_ref = _]", "#[project_ref(!Unpin)]", "#[project_replace]", "#[project_replace()]", "#[project = A,]",
              "#[pin]", "#[pin(project = A)]", "#[pin(__private(project = A))]", "#[project = 1]", "#[project A]", "#[]",
              "#[project{!Unpin}]", "#[project[!Unpin]]", "#[project::x = A]", "#[project = A] #[project = B]",
              "#[project(!Unpin)] #[project(!Unpin)]", "#[r#project = A]", "#[project == A]", "#[project = $crate]",
              "#[Project = A]", "#[project = super]", "#[project = 'a]", "#[project = A!()]", "#[unsafe(project = A)]"]

DROPS = ["fn drop(self: Pin<&mut Self>) {}", "fn drop(this: &mut Self) {}", "fn drop(this: Pin<&Self>) {}", "", "fn drop() {}",
         "fn drop(this: Pin<&mut Self>);", "fn drop(this: Pin<&mut Self>) -> u8 { 1 }", "unsafe fn drop(this: Pin<&mut Self>) {}",
         "async fn drop(this: Pin<&mut Self>) {}", "const fn drop(this: Pin<&mut Self>) {}", "fn drop<X>(this: Pin<&mut Self>) {}",
         "fn drop(this: Pin<&mut Self>) garbage {}", "fn drop(this: Pin<&mut Self>) {} fn drop(this: Pin<&mut Self>) {}",
         "fn drop(this: Pin<&mut Self>) {} const X: u8 = 1;", "type T = u8;", "fn other(this: Pin<&mut Self>) {}",
         "fn drop(this: Pin<&mut Self>, that: u8) {}", "fn drop(mut mut this: Pin<&mut Self>) {}", "fn drop(1: Pin<&mut Self>) {}",
         "fn drop(this: Pin<&mut Thing>) {}", "pub fn drop(this: Pin<&mut Self>) {}", "fn drop(&mut self) {}",
         "fn drop((this): Pin<&mut Self>) {}", "fn drop(type: Pin<&mut Self>) {}", "fn r#drop(this: Pin<&mut Self>) {}",
         "fn drop(this @ _: Pin<&mut Self>) {}", "fn drop(mut ref this: Pin<&mut Self>) {}", "extern fn drop(this: Pin<&mut Self>) {}"]


@dataclass
class Text:
    before: str
    declaration: str
    behind: str
    fragments: list
    zone: str
    what: str

    def text(self, krate):
        body = f"{self.before}\n{self.declaration}\n{self.behind}"
        return HEAD + wrapped(self.fragments, f"{krate}::pin_project! {{\n{body}\n}}")

    def plain(self):
        """The declaration alone, as Rust reads it."""
        return HEAD + wrapped([f for f in self.fragments if f[2] != "pin"], re.sub(r"# *\[ *(pin|\$\w+) *\]", "", self.declaration))


def mutated(seed, number):
    sample = Sample("lite", f"{seed}/wrong", number)
    random = sample.grammar.random
    before, declaration, behind = sample.lite_parts()
    text = Text("\n".join(before), declaration, behind, sample.grammar.fragments or [], "", "")
    zones = ["declaration", "tail", "attribute", "drop", "drop"]
    if before:
        zones.append("before")
    zone = random.choice(zones)
    # What Rust says of the declaration alone decides whether it is an extension, so it has to be Rust's otherwise.
    if zone == "declaration" and sample.grammar.without_comma:
        zone = "tail"
    if zone == "tail":
        tail = random.choice([*TAILS, behind or "impl X {}"])
        text.behind, text.what = f"{behind}\n{tail}", f"tail `{tail}`"
    elif zone == "attribute":
        attribute = random.choice(ATTRIBUTES)
        text.before, text.what = f"{text.before}\n{attribute}", f"attribute `{attribute}`"
    elif zone == "drop":
        declared = sample.declared
        this = f"{declared.name}{declared.arguments()}"
        if behind and random.random() < 0.6:
            text.behind, text.what = changed(random, behind)
        elif random.random() < 0.5:
            drop = random.choice(DROPS)
            text.behind = f"impl{sample.generics_of_drop()} PinnedDrop for {this}{declared.where()} {{ {drop} }}"
            text.what = f"drop code `{drop}`"
        else:
            head = random.choice(["unsafe impl", "impl !", "default impl", "impl const", "const impl", "impl<'a> for<'a>", "fn", "x impl"])
            of = random.choice(["PinnedDrop", "Drop", "Copy", "PinnedDrop<u8>", "(PinnedDrop)", "dyn PinnedDrop", "PinnedDrop +"])
            text.behind = f"{head} {of} for {this} {{ fn drop(this: Pin<&mut Self>) {{}} }}"
            text.what = f"drop code `{head} {of}`"
    elif zone == "before":
        text.before, text.what = changed(random, text.before)
    else:
        text.declaration, text.what = changed(random, text.declaration)
    text.zone = zone
    return text


def changed(random, text):
    """One token is taken out, doubled, put in or exchanged; brackets stay in pairs."""
    tokens = TOKEN.findall(text)
    places = [index for index, token in enumerate(tokens) if token not in "()[]{}"]
    if not places:
        return text + " ,", "a comma"
    index = random.choice(places)
    kind = random.choice(["out", "twice", "in", "in", "other"])
    old = tokens[index]
    if kind == "out":
        tokens[index:index + 1] = []
    elif kind == "twice":
        tokens[index:index] = [old]
    elif kind == "in":
        old = random.choice(INSERTED)
        tokens[index:index] = [old]
    else:
        tokens[index] = random.choice(INSERTED)
    return " ".join(tokens), f"{kind} `{old}` at {index}"
