"""Declarations to the text of a module, for each door and for the peer behind it."""

from grammar import Declaration, Grammar, Parameter

PRELUDE = """
pub use core::pin::Pin;
pub use core::future::Future;
pub trait Tr<A = u8, B = u8> { type Out; const N: usize = 1; }
impl<T: ?Sized, A, B> Tr<A, B> for T { type Out = A; }
pub trait Object<A = u8> { type Out; }
pub trait Tr2 { fn f(self) -> Self; }
pub trait Family { type Of<'a, T: 'a>; }
impl Family for u8 { type Of<'a, T: 'a> = &'a T; }
pub trait Counted<const N: isize> {}
pub trait Is<A, B> { type It; }
impl<T, A, B> Is<A, B> for T { type It = A; }
pub type Same<A, B> = <(A, B) as Is<A, B>>::It;
pub struct Wrapped<T>(pub T);
pub struct Array<T, const N: usize>(pub [T; N]);
pub const fn size<A, B>() -> usize { core::mem::size_of::<A>() + core::mem::size_of::<B>() }
#[macro_export] macro_rules! ty_of { ($t:ty) => { $t } }
pub use crate::ty_of as ty;
"""

HEAD = "use crate::prelude::*;\n"


def wrapped(fragments, text):
    """The text in a `macro_rules!` that is called with those of the fragments that occur in it."""
    fragments = [(name, kind, value) for name, kind, value in fragments if name in text]
    if not fragments:
        return text
    pattern = ", ".join(f"{name}:{kind}" for name, kind, _ in fragments)
    values = ", ".join(value for _, _, value in fragments)
    return f"macro_rules! declare {{ ({pattern}) => {{\n{text}\n}} }}\ndeclare! {{ {values} }}"


class Sample:
    """One random type, and what it is as a module of each door."""

    def __init__(self, door, seed, number):
        key = f"{seed}/{door}/{number}"
        self.key = key
        fragments = number % 3 == 0
        if door == "lite":
            self.grammar = LiteGrammar(key, fragments)
        else:
            self.grammar = Grammar(key, fragments)
        self.door = door
        self.on_item = door != "lite" and not fragments and self.grammar.chance(0.1)
        self.through_tokens = not fragments and not self.on_item and self.grammar.chance(0.1)
        pick = self.grammar.chance
        # Some of what pin-project refuses on purpose: then rustc alone is what to be like.
        beyond = door == "derive" or door == "attribute" and pick(0.2)
        discriminants = beyond and pick(0.4)
        empty = beyond and pick(0.1)
        styles = ("named", "tuple", "enum", "unit") if beyond else ("named", "tuple", "enum")
        if door == "lite":
            styles = ("named", "enum")
        self.declared = self.grammar.declaration(styles, discriminants, empty)
        self.has_drop = pick(0.25)
        self.drop = self.drop_code() if self.has_drop else ""
        self.arguments = self.all_arguments()

    # -- what the user asks for

    def all_arguments(self):
        chance, arguments = self.grammar.chance, []
        is_enum = self.declared.style == "enum"
        if chance(0.5):
            arguments.append(("project", "ThingMut"))
        if chance(0.3):
            arguments.append(("project_ref", self.grammar.pick("ThingRef", "r#fn")))
        if chance(0.2) and not self.has_drop and not self.declared.unsized:
            named = is_enum or self.door == "lite" or chance(0.5)
            arguments.append(("project_replace", "ThingOwn" if named else None))
        if chance(0.1):
            arguments.append(("!Unpin", None))
        return arguments

    def argument_list(self):
        texts = [name if value is None else f"{name} = {value}" for name, value in self.arguments]
        return ", ".join(texts + (["PinnedDrop"] if self.has_drop else []))

    def drop_code(self):
        grammar, declared = self.grammar, self.declared
        lite = self.door == "lite"
        path = "PinnedDrop" if lite else grammar.fragment("path", "PinnedDrop")
        this = f"{declared.name}{declared.arguments()}"
        if "$" not in this:
            this = grammar.fragment("ty", this)
        argument = grammar.pick("this", "mut this", "ref this", "_this") if lite else grammar.pick("self", "mut self")
        pin = "Pin<&mut Self>" if lite else grammar.pick("Pin<&mut Self>", "::core::pin::Pin<&mut Self>", "Pin<&'_ mut Self>")
        after = "" if lite else grammar.pick("", "", " -> ()", "" if declared.unsized else " where Self: Sized", " where u8: Tr<u8, u8>")
        body = grammar.pick("{}", "{ let x = 1 < 2; drop(x) }")
        if not lite:
            body = grammar.fragment("block", body)
        attribute = grammar.pick("", "", "#[allow(unused)] ", "/// Drop.\n")
        inner = grammar.pick("", "", "#[inline] ", "#[allow(clippy::all)] ")
        generics = self.generics_of_drop()
        declared.fragments[:] = grammar.fragments or []
        return (f"{attribute}impl{generics} {path} for {this}{declared.where()} "
                f"{{ {inner}fn drop({argument}: {pin}){after} {body} }}")

    def generics_of_drop(self):
        return self.declared.generics(with_defaults=False)

    # -- the doors

    def text(self, door):
        """`plain`, `peer`, `attribute`, `derive` or `lite`; `peer` is that of `attribute` or of `lite`."""
        declared, attributes = self.declared, "".join(f"{text}\n" for text in self.declared.attributes)
        fragments = self.grammar.fragments or []
        if door == "plain":
            item = declared.plain()
            for name, kind, value in fragments:
                if kind == "meta" and value == "pin":
                    item = item.replace(f"#[{name}] ", "")
            return HEAD + wrapped(fragments, attributes + item)
        if self.door == "lite":
            krate = "pin_project_lite" if door == "peer" else "pinsight::lite"
            return HEAD + self.wrapped(f"{krate}::pin_project! {{", self.lite_body(), "}")
        krate = "pin_project" if door == "peer" else "pinsight"
        if door == "derive":
            arguments = self.argument_list()
            on_type = f"#[derive(pinsight::PinProject)]\n#[pin({arguments})]" if arguments else "#[derive(pinsight::PinProject)]"
        else:
            on_type = f"#[{krate}::pin_project({self.argument_list()})]"
        drop = f"#[{krate}::pinned_drop]\n{self.drop}" if self.drop else ""
        if self.on_item:
            return (f"{HEAD}macro_rules! on_item {{ ($item:item $($rest:item)?) => {{\n{on_type}\n$item\n$($rest)?\n}} }}\n"
                    f"on_item! {{\n{attributes}{declared.text()}\n{drop}\n}}")
        return HEAD + self.wrapped(on_type, f"{attributes}{declared.text()}\n{drop}")

    def wrapped(self, before, text, behind=""):
        """As it is, or through a macro that takes some fragments, or that takes and gives whatever tokens there are."""
        if self.through_tokens:
            return (f"macro_rules! through {{ ($($t:tt)*) => {{\n{before}\n$($t)*\n{behind}\n}} }}\n"
                    f"through! {{\n{text}\n}}")
        return wrapped(self.grammar.fragments or [], f"{before}\n{text}\n{behind}")

    def lite_parts(self):
        """What stands before the declaration, the declaration, and what stands behind it."""
        before = []
        for name, value in self.arguments:
            # The peer takes any name there.
            not_unpin = self.grammar.pick("Unpin", "Unpin", "Unpin", "Unpin", "Unpinned")
            before.append(f"#[project(!{not_unpin})]" if name == "!Unpin" else f"#[{name} = {value}]")
        before += self.declared.attributes
        self.grammar.random.shuffle(before)
        return before, self.declared.text(), self.drop

    def lite_body(self):
        before, declared, drop = self.lite_parts()
        return "\n".join([*before, declared, drop])


class LiteGrammar(Grammar):
    """What pin-project-lite takes: named fields, one bound each, and no comma behind the lifetimes if one likes."""

    variants = ("named", "unit")

    def __init__(self, seed, fragments):
        super().__init__(seed, fragments)
        self.without_comma = self.chance(0.2)

    def type(self, depth=2, in_self=False):
        return super().type(depth, False)

    def fragment(self, kind, text, probability=0.4):
        # `#[$meta]` is no `#[pin]` to a `macro_rules!`.
        return text if kind == "meta" else super().fragment(kind, text, probability)

    def field_attributes(self):
        return ""

    def fields(self, count, named, with_visibility):
        texts, pinned = super().fields(count, named, with_visibility)
        return [text for text in texts if "cfg(" not in text], pinned

    def path(self):
        for _ in range(9):
            bound = self.bound()
            if (bound[0].isalpha() or bound[0] == "$") and "+" not in bound and "for<" not in bound:
                return bound
        return "Copy"

    def all_parameters(self):
        self.parameters = []
        lifetimes = self.random.sample(["'a", "'b", "'pin"], self.random.choice([0, 0, 1, 1, 2]))
        for index, name in enumerate(lifetimes):
            bound = self.pick("", "", *lifetimes[:index], "'static") if index else ""
            self.parameters.append(Parameter("lifetime", name, bound))
        defaults = False
        for name in self.random.sample(["T", "U", "F"], self.random.choice([0, 1, 1, 2, 3])):
            parameter = Parameter("type", name)
            if self.chance(0.6):
                parameter.bounds = self.pick(self.path(), self.path(), "?Sized", *self.named("lifetime"), "'static")
                parameter.sized = parameter.bounds != "?Sized"
            if defaults or self.chance(0.2):
                defaults = True
                parameter.default = self.pick("u8", "fn(u8) -> u8", "Box<dyn Fn(u8) -> Vec<u8>>")
            self.parameters.append(parameter)

    def all_predicates(self):
        if self.chance(0.5):
            return None
        simple = lambda: self.pick("u8", *self.named("type"))
        left = lambda: self.pick(simple(), f"Vec<{simple()}>", f"[{simple()}; {{ 1 + 2 }}]", f"fn({simple()}) -> Vec<u8>",
                                 f"<{simple()} as Tr<u8, u8>>::Out", f"Box<dyn Fn({simple()}) -> u8>")
        right = lambda: self.pick(self.path(), self.path(), *self.named("lifetime"), "'static")
        predicates = [f"{left()}: {right()}" for _ in range(self.random.randrange(4))]
        return predicates + ([""] if predicates and self.chance(0.3) else [])

    def declaration(self, *arguments, **options):
        declared = super().declaration(*arguments, **options)
        declared.attributes = [self.pick("#[allow(dead_code)]", "/// One.\n", "#[cfg(all())]")] if self.chance(0.3) else []
        if self.chance(0.02) and self.parameters and self.parameters[0].kind == "type":
            # Nor does the peer mind this one.
            declared.generics = lambda with_defaults=True: "<, " + Declaration.generics(declared, with_defaults)[1:]
        elif self.without_comma:
            declared.generics = lambda with_defaults=True: without_comma(self.parameters, with_defaults)
        return declared


def without_comma(parameters, with_defaults):
    lifetimes = ", ".join(p.declared() for p in parameters if p.kind == "lifetime")
    others = ", ".join(p.declared(with_defaults) for p in parameters if p.kind != "lifetime")
    return f"<{lifetimes} {others}>" if parameters else ""
