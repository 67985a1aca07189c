"""Random declarations of structs and enums, most of which rustc accepts.

Each is cut into the parts that the doors put together differently. With `fragments`, some of its pieces come in through a
`macro_rules!` fragment of their kind.
"""

import random
from dataclasses import dataclass, field

NAMES = ["a", "b", "future", "value", "r#type", "r#fn", "r#where", "project", "this", "__pinsight_0", "_c"]
VISIBILITIES = ["", "", "pub", "pub(crate)", "pub(super)", "pub(self)", "pub(in crate::modules)"]


@dataclass
class Parameter:
    kind: str  # lifetime, type or const
    name: str
    bounds: str = ""
    default: str = ""
    sized: bool = True
    attribute: str = ""

    def declared(self, with_default=True):
        head = f"const {self.name}" if self.kind == "const" else self.name
        bounds = f": {self.bounds}" if self.bounds else ""
        default = f" = {self.default}" if self.default and with_default else ""
        return f"{self.attribute}{head}{bounds}{default}"


@dataclass
class Declaration:
    """`keyword name<parameters> … where predicates …`, with `#[pin]` on fields."""

    keyword: str
    name: str
    visibility: str
    parameters: list
    predicates: list
    body: str  # `{ … }`, `( … )` or nothing
    style: str  # named, tuple, unit or enum
    attributes: list
    pinned: int
    fragments: list = field(default_factory=list)
    unsized: bool = False

    def generics(self, with_defaults=True):
        if not self.parameters:
            return ""
        return "<" + ", ".join(p.declared(with_defaults) for p in self.parameters) + ">"

    def arguments(self):
        if not self.parameters:
            return ""
        return "<" + ", ".join(p.name for p in self.parameters) + ">"

    def where(self):
        return f" where {', '.join(self.predicates)}" if self.predicates is not None else ""

    def text(self):
        head = f"{self.visibility} {self.keyword} {self.name}{self.generics()}"
        if self.style in ("tuple", "unit"):
            return f"{head}{self.body}{self.where()};"
        return f"{head}{self.where()} {self.body}"

    def plain(self):
        """Without what only a projection understands."""
        return self.text().replace("#[pin] ", "").replace("#[r#pin] ", "")


class Grammar:
    variants = ("named", "tuple", "unit")

    def __init__(self, seed, fragments=False):
        self.random = random.Random(seed)
        self.fragments = [] if fragments else None
        self.parameters = []
        self.generic = False

    # -- small helpers

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, *options):
        return self.random.choice(options)

    def fragment(self, kind, text, probability=0.4):
        """The text itself, or the name of a fragment that stands for it."""
        if self.fragments is None or not self.chance(probability):
            return text
        name = f"$f{len(self.fragments)}x"
        self.fragments.append((name, kind, self.without_fragments(text)))
        return name

    def without_fragments(self, text):
        for name, _, value in reversed(self.fragments or []):
            text = text.replace(name, value)
        return text

    def named(self, kind, sized=True):
        return [p.name for p in self.parameters if p.kind == kind and (p.sized or not sized)]

    # -- types

    def lifetime(self):
        return self.fragment("lifetime", self.pick(*self.named("lifetime"), "'static"), 0.2)

    def type(self, depth=2, in_self=True):
        leaves = ["u8", "()", "&'static str", "::core::primitive::u16", *self.named("type"), *self.named("type")]
        if depth == 0 or self.chance(0.2):
            return self.fragment("ty", self.pick(*leaves), 0.2)
        inner = lambda: self.type(depth - 1, in_self)
        forms = [
            lambda: f"({inner()}, {inner()})",
            lambda: f"({inner()})",
            lambda: f"[{inner()}; {self.length()}]",
            lambda: f"&{self.lifetime()} {self.pick('', 'mut ')}{self.fragment('ty', 'u8')}",
            lambda: f"*{self.pick('const', 'mut')} {inner()}",
            lambda: f"fn({inner()}) -> {inner()}",
            lambda: f"for<'x> fn(&'x {self.pick('u8', 'str')}, name: {inner()}) -> &'x u8",
            lambda: f"unsafe extern \"C\" fn({inner()}, ...) -> {inner()}",
            lambda: "fn() -> !",
            lambda: f"Box<{self.object(inner)}>",
            lambda: f"&'static ({self.object(lambda: 'u8')})",
            lambda: f"Option<{inner()}>",
            lambda: f"::std::vec::Vec::<{inner()}>",
            lambda: f"crate::prelude::Wrapped<{inner()}>",
            lambda: f"Array<{inner()}, {self.constant()}>",
            lambda: f"<{inner()} as Tr<{inner()}, {inner()}>>::Out",
            lambda: f"<<{inner()} as Tr<u8, u8>>::Out as crate::prelude::Tr<{inner()}>>::Out",
            lambda: f"<u8 as Family>::Of<'static, {self.pick('u8', 'fn(u8) -> u8')}>",
            lambda: self.pick("ty!({})", "ty![{}]", "crate::prelude::ty!{{ {} }}").format(inner()),
            lambda: f"core::marker::PhantomData<{inner()}>",
            lambda: f"Result<{self.fragment('ty', inner())}, {inner()}>",
            lambda: self.fragment("path", f"Option<{inner()}>"),
        ]
        if in_self:
            forms += [lambda: "Option<Box<Self>>", lambda: "fn(&Self) -> *const Self"]
        return self.random.choice(forms)()

    def object(self, inner):
        bound = self.pick(
            f"dyn Fn({inner()}, {inner()}) -> {inner()} + Send",
            f"dyn for<'x> Fn(&'x {inner()}) -> &'x u8",
            f"dyn Object<{inner()}, Out = {inner()}> + 'static",
            "dyn ::core::any::Any + Send + Sync",
            f"dyn (Fn() -> {inner()}) + 'static",
        )
        return self.fragment("ty", bound, 0.2)

    def length(self):
        literal = self.fragment("literal", str(self.random.randrange(5)), 0.5)
        options = [
            literal,
            f"{{ {literal} + 2 }}",
            f"1 << {literal}",
            "(1 < 2) as usize",
            "size::<u8, u16>()",
            "<u8 as Tr<u8, u8>>::N",
            "{ if 1 < 2 { 3 } else { 4 } }",
            "{ struct X; impl X { const A: usize = 2; fn f(self) -> Self { self } } X::A }",
            "{ enum X { A } impl Tr2 for X { fn f(self) -> Self { Self::A } } 1 }",
            f"2 * {self.fragment('expr', '1 + 1', 0.8)}",
            self.fragment("block", "{ 1 + 1 }", 0.8),
            *self.lengths(),
        ]
        return self.pick(*options)

    def constant(self):
        return self.pick("2", "{ 1 + 1 }", self.fragment("literal", "3", 0.8), self.fragment("block", "{ 4 }", 0.8),
                         *self.lengths())

    def lengths(self):
        """The parameters that can be the length of an array: in an associated type that means something else, rustc overlooks
        the `char` among them, but not behind the reference of a projection."""
        return [p.name for p in self.parameters if p.kind == "const" and p.bounds == "usize"]

    # -- parameters and predicates

    def bound(self, sized_only=False):
        simple = lambda: self.pick("u8", "()", *self.named("type"))
        options = [
            "Copy",
            "Clone + Send",
            f"Fn({simple()}) -> {simple()}",
            f"Fn({simple()}) -> fn({simple()}) -> {simple()}",
            "for<'x> Fn(&'x u8) -> &'x u8",
            f"FnMut({simple()}, {simple()}) -> Vec<{simple()}>",
            f"Tr<{simple()}, Option<{simple()}>>",
            "crate::prelude::Tr<u8, Out = fn(u8) -> u8>",
            "Iterator<Item: Copy>",
            "(Copy)",
            "Future<Output = Result<u8, Box<dyn Fn(u8) -> u8>>>",
            "Counted<{ 1 + 2 }>",
            "Counted<-1>" if self.chance(0.3) else "Tr<u8>",
            "'static + Copy",
            self.lifetime(),
        ]
        path = self.pick(*options)
        return self.fragment("path", path, 0.3) if "+" not in path and path[0].isalpha() else path

    def all_parameters(self):
        self.parameters = []
        for name in self.random.sample(["'a", "'b", "'pin", "'r#pin"], self.random.choice([0, 0, 1, 1, 2])):
            if name.endswith("pin") and any(p.name.endswith("pin") for p in self.parameters):
                continue
            before = self.named("lifetime")
            bounds = self.pick("", *before, "'static") if self.chance(0.4) else ""
            self.parameters.append(Parameter("lifetime", name, bounds))
        types = self.random.sample(["T", "U", "F", "r#type"], self.random.choice([0, 1, 1, 2, 3]))
        consts = self.random.sample(["N", "M"], self.random.choice([0, 0, 0, 1]))
        defaults = False
        for name in types:
            parameter = Parameter("type", name)
            if self.chance(0.5):
                parameter.bounds = self.bound()
            if self.chance(0.1):
                parameter.sized = False
                parameter.bounds = self.pick("?Sized", "?Sized + 'static")
            if defaults or self.chance(0.2):
                defaults = True
                parameter.default = self.pick("u8", "fn(u8) -> u8", "Box<dyn Fn(u8) -> Vec<u8>>", "[u8; { 1 + 1 }]")
            # Not before `>>>`: rustc 1.95 panics there (in the attribute wrapper of its parser).
            if self.chance(0.05) and not (parameter.bounds + parameter.default).endswith(">"):
                parameter.attribute = self.pick("#[allow(unused)] ", "#[cfg(all())] ")
            self.parameters.append(parameter)
        for name in consts:
            kind = self.pick("usize", "usize", "usize")
            parameter = Parameter("const", name, kind)
            if defaults:
                parameter.default = self.pick("3", "{ 1 + 2 }", self.fragment("literal", "7", 0.8))
            self.parameters.append(parameter)
        if self.chance(0.1):
            kind, value = self.pick(("bool", "{ 1 > 2 }"), ("char", "'>'"), ("i8", "-3"), ("bool", "true"))
            default = value if defaults or self.chance(0.5) else ""
            self.parameters.append(Parameter("const", "Z", kind, default))

    def all_predicates(self):
        if self.chance(0.5):
            return None
        simple = lambda: self.pick("u8", *self.named("type"))
        options = [
            lambda: f"{simple()}: {self.bound()}",
            lambda: f"{self.fragment('ty', f'Vec<{simple()}>')}: Tr<u8>",
            lambda: f"for<'x> &'x {simple()}: Tr<&'x u8>",
            lambda: f"[{simple()}; {{ 1 + 2 }}]: Sized",
            lambda: f"<{simple()} as Tr<u8, u8>>::Out: Copy",
            lambda: f"fn({simple()}) -> Vec<{simple()}>: Copy",
            lambda: f"Box<dyn Fn({simple()}) -> {simple()}>: Sized",
            lambda: "Self: Sized",
            lambda: "(): Sized +",
            lambda: f"{simple()}: ",
            lambda: "for<'x> fn(&'x u8) -> &'x u8: Copy",
            lambda: f"Array<{simple()}, {{ 3 }}>: Sized",
        ]
        lifetimes = self.named("lifetime")
        if lifetimes:
            options.append(lambda: f"{self.pick(*lifetimes)}: {self.pick(*lifetimes)}")
            options.append(lambda: f"{simple()}: {self.pick(*lifetimes)}")
        predicates = [self.random.choice(options)() for _ in range(self.random.randrange(4))]
        return predicates + ([""] if predicates and self.chance(0.3) else [])

    # -- fields

    def field_attributes(self):
        options = ["#[doc = \"A field.\"] ", "/// A field: `a < b`.\n", "#[allow(dead_code)] ", "#[cfg(all())] ",
                   "#[cfg_attr(all(), allow(unused))] "]
        return self.pick(*options) if self.chance(0.15) else ""

    def fields(self, count, named, with_visibility):
        names = self.random.sample(NAMES, count)
        texts, pinned = [], 0
        for name in names:
            pin = ""
            if self.chance(0.5):
                pin = f"#[{self.fragment('meta', 'pin', 0.3)}] "
                pinned += 1
            visibility = self.pick(*VISIBILITIES) if with_visibility else ""
            if with_visibility:
                visibility = self.fragment("vis", visibility, 0.2)
            head = f"{self.field_attributes()}{pin}{self.field_attributes()}{visibility} "
            ty = self.type()
            if named:
                ty = self.fragment("ty", ty, 0.3)
                texts.append(f"{head}{self.fragment('ident', name, 0.2)}: {ty}")
            else:
                texts.append(head + self.fragment("ty", ty, 0.3))
        if self.chance(0.1):
            texts.append(f"#[cfg(any())] {'gone: ' if named else ''}Missing<u8, u8>")
        return texts, pinned

    def used(self):
        """A type that mentions every parameter that has to be."""
        parts = [f"&{p.name} ()" for p in self.parameters if p.kind == "lifetime"]
        parts += [f"*const {p.name}" for p in self.parameters if p.kind == "type"]
        return f"::core::marker::PhantomData<({', '.join(parts)},)>" if parts else ""

    def body(self, fields, named):
        comma = self.pick("", ",") if fields else ""
        text = ", ".join(fields) + comma
        return f"{{ {text} }}" if named else f"({text})"

    def declaration(self, styles=("named", "named", "tuple", "enum", "enum"), discriminants=False, empty=False):
        style = self.pick(*styles)
        self.parameters = []
        if style != "unit":
            self.all_parameters()
        least = 0 if empty else 1
        used, unsized, pinned = self.used(), False, 0
        if style == "enum":
            variants = []
            for index in range(self.random.randrange(least, 4)):
                kind = self.pick(*(self.variants[:-1] if index == 0 and not empty else self.variants))
                attribute = self.pick("#[allow(unused)] ", "/// One.\n") if self.chance(0.1) else ""
                text, more = "", 0
                if kind != "unit":
                    fields, more = self.fields(self.random.randrange(1, 4), kind == "named", False)
                    if index == 0 and used:
                        fields.insert(0, f"used: {used}" if kind == "named" else used)
                    text = self.body(fields, kind == "named")
                    pinned += more
                value = f" = {self.discriminant()}" if discriminants and self.chance(0.6) else ""
                variants.append(f"{attribute}{self.pick('A', 'B', 'r#C')}{index} {text}{value}")
            if self.chance(0.1):
                variants.append("#[cfg(any())] Gone(Missing)")
            if used and not variants:
                variants.append(f"Used({used})")
            if used and used not in variants[0]:
                variants.append(f"Used({used})")
            body = "{ " + ", ".join(variants) + (self.pick("", ",") if variants else "") + " }"
        elif style == "unit":
            body = ""
        else:
            named = style == "named"
            fields, pinned = self.fields(self.random.randrange(least, 5), named, True)
            if used:
                fields.insert(0, f"used: {used}" if named else used)
            tail = self.unsized_tail()
            if tail and self.chance(0.5):
                unsized = True
                fields = [f for f in fields if "Self" not in f]
                fields.append((f"{self.pick('', '#[pin] ')}tail: " if named else self.pick("", "#[pin] ")) + tail)
            body = self.body(fields, named)
        attributes = ["#[allow(dead_code)]"] if self.chance(0.1) else []
        if discriminants and style == "enum":
            attributes.append("#[repr(isize)]")
        name = self.pick("Thing", "Thing", "Thing", "r#struct")
        keyword = "enum" if style == "enum" else "struct"
        visibility = self.fragment("vis", self.pick("", "pub", "pub(crate)", "pub(super)"), 0.2)
        predicates = self.all_predicates()
        return Declaration(keyword, self.fragment("ident", name, 0.3), visibility, self.parameters, predicates, body, style,
                           attributes, pinned, self.fragments or [], unsized)

    def unsized_tail(self):
        unsized = [p.name for p in self.parameters if p.kind == "type" and not p.sized]
        if unsized:
            return unsized[0]
        return self.pick("[u8]", "str", "dyn Fn(u8) -> u8", "(dyn Object<u8, Out = u8> + Send)") if self.chance(0.05) else None

    def discriminant(self):
        """All different from each other, as good as always."""
        number = str(self.random.randrange(10, 1 << 30))
        forms = ["{}", "{} << 1", "({} > 2) as isize * 5 + {}", "{{ {} }}", "<u8 as Tr<u8, u8>>::N as isize + {}",
                 "size::<u8, u16>() as isize - {}", "{} as Same<isize, u8>", "if 1 < 2 {{ {} }} else {{ 3 }}",
                 "-{}", "match ({}, 2) {{ (a, b) if a > b => a, (a, b) => b }}", "{} as isize >> 1 << 2",
                 "[{}, 2][(1 < 0) as usize]", "{} + (|| 1, 2).1 as isize", "'a: {{ break 'a {} }}"]
        text = self.pick(*forms)
        value = self.fragment("expr", number, 0.4) if self.chance(0.5) else self.fragment("literal", number, 0.4)
        return text.replace("{}", value).replace("{{", "{").replace("}}", "}")
