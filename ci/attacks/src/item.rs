//! The item that is projected: one description, written out for each of the front doors.

/// How the engine is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Door {
    Derive,
    Attribute,
    Lite,
}

pub(crate) const DOORS: [Door; 3] = [Door::Derive, Door::Attribute, Door::Lite];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    Named,
    Tuple,
    Enum,
}

/// Where the pinned field stands that is attacked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    First,
    Middle,
    Last,
}

/// What is asked of the engine.
#[derive(Clone, Default, Debug)]
pub(crate) struct Arguments {
    pub(crate) project: bool,
    pub(crate) project_ref: bool,
    pub(crate) project_replace: bool,
    pub(crate) pinned_drop: bool,
    pub(crate) unsafe_unpin: bool,
    pub(crate) not_unpin: bool,
    pub(crate) visibility: &'static str,
    /// `crate = path`.
    pub(crate) path: Option<String>,
    /// Whatever else, as it is written; before or behind the others.
    pub(crate) first: Vec<String>,
    pub(crate) last: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) door: Door,
    pub(crate) arguments: Arguments,
    pub(crate) shape: Shape,
    pub(crate) place: Place,
    pub(crate) visibility: &'static str,
    pub(crate) name: String,
    /// What stands between the angle brackets of the declaration, and of a use.
    pub(crate) parameters: String,
    pub(crate) uses: String,
    /// Behind `where`.
    pub(crate) predicates: String,
    /// The type of the pinned field, and that of an unpinned one.
    pub(crate) pinned: String,
    pub(crate) unpinned: String,
    /// Attributes above and below that of the door. `#[pin_project]` comes first of all there, `lite` has none.
    pub(crate) above: String,
    pub(crate) below: String,
    pub(crate) discriminant: String,
    /// The parameters and predicates of the drop code, where an attribute rewrites those of the type.
    pub(crate) drop_generics: Option<(String, String)>,
    /// The body of the drop code, where it is another one.
    pub(crate) drop_code: Option<String>,
    /// Instead of the generated `#[pinned_drop]`.
    pub(crate) own_drop: bool,
    /// The path of the derive, the attribute or the macro.
    pub(crate) entry: String,
    /// What stands before the item in `lite`.
    pub(crate) prefix: String,
    /// Attributes instead of those of the door.
    pub(crate) forged: Option<String>,
    /// The whole item comes out of a macro with this matcher and this argument.
    pub(crate) within: Option<(String, String)>,
    pub(crate) names: [String; 3],
}

impl Item {
    pub(crate) fn new(door: Door) -> Self {
        Self {
            door,
            arguments: Arguments { project: true, project_ref: true, ..Arguments::default() },
            shape: Shape::Named,
            place: Place::Middle,
            visibility: "",
            name: "QxS".into(),
            parameters: "F".into(),
            uses: "F".into(),
            predicates: String::new(),
            pinned: "F".into(),
            unpinned: "u8".into(),
            above: String::new(),
            below: String::new(),
            discriminant: String::new(),
            drop_generics: None,
            drop_code: None,
            own_drop: false,
            entry: match door {
                Door::Derive => "::pinsight::PinProject".into(),
                Door::Attribute => "::pinsight::pin_project".into(),
                Door::Lite => "::pinsight::lite::pin_project".into(),
            },
            prefix: String::new(),
            forged: None,
            within: None,
            names: ["QxP".into(), "QxR".into(), "QxO".into()],
        }
    }

    fn in_angles(text: &str) -> String {
        if text.is_empty() { String::new() } else { format!("<{text}>") }
    }

    pub(crate) fn where_clause(&self) -> String {
        if self.predicates.is_empty() { String::new() } else { format!(" where {}", self.predicates) }
    }

    /// `impl<F> Trait for QxS<F> where … { body }`.
    pub(crate) fn implementation(&self, of: &str, body: &str) -> String {
        let (parameters, uses) = (Self::in_angles(&self.parameters), Self::in_angles(&self.uses));
        let parameters = without_defaults(&parameters);
        format!("impl{parameters} {of} for {}{uses}{} {{ {body} }}\n", self.name, self.where_clause())
    }

    /// The fields in order: whether it is pinned, its name, its type.
    fn fields(&self) -> Vec<(bool, &'static str, String)> {
        let marker = (false, "qx_g", format!("::arsenal::PhantomData<{}>", marker(&self.uses)));
        let pinned = (true, "qx_f", self.pinned.clone());
        let unpinned = (false, "qx_a", self.unpinned.clone());
        match self.place {
            Place::First => vec![pinned, marker, unpinned],
            Place::Middle => vec![marker, pinned, unpinned],
            Place::Last => vec![marker, unpinned, pinned],
        }
    }

    fn body(&self) -> String {
        let field = |(pinned, name, ty): &(bool, &str, String), named: bool| {
            let pin = if *pinned { "#[pin] " } else { "" };
            if named { format!("{pin}{name}: {ty}") } else { format!("{pin}{ty}") }
        };
        let fields = self.fields();
        let list = |named| fields.iter().map(|f| field(f, named)).collect::<Vec<_>>().join(", ");
        let predicates = self.where_clause();
        match self.shape {
            Shape::Named => format!("{predicates} {{ {} }}", list(true)),
            Shape::Tuple => format!("({}){predicates};", list(false)),
            Shape::Enum => {
                format!("{predicates} {{ QxA {{ {} }}, QxB({}), QxC{} }}", list(true), list(false), self.discriminant)
            }
        }
    }

    fn declaration(&self) -> String {
        let keyword = if self.shape == Shape::Enum { "enum" } else { "struct" };
        let Self { visibility, name, .. } = self;
        format!("{visibility} {keyword} {name}{}{}", Self::in_angles(&self.parameters), self.body())
    }

    /// The arguments between the parentheses.
    fn list(&self) -> String {
        let Arguments { visibility, .. } = self.arguments;
        let [project, project_ref, project_replace] = &self.names;
        let mut list = self.arguments.first.clone();
        let mut add = |asked: bool, text: String| list.extend(asked.then_some(text));
        add(self.arguments.project, format!("{visibility} project = {project}"));
        add(self.arguments.project_ref, format!("{visibility} project_ref = {project_ref}"));
        add(self.arguments.project_replace, format!("{visibility} project_replace = {project_replace}"));
        add(self.arguments.pinned_drop, "PinnedDrop".into());
        add(self.arguments.unsafe_unpin, "UnsafeUnpin".into());
        add(self.arguments.not_unpin, "!Unpin".into());
        if let Some(path) = &self.arguments.path {
            add(true, format!("crate = {path}"));
        }
        list.extend(self.arguments.last.clone());
        list.join(", ")
    }

    /// The drop code that goes with the argument `PinnedDrop`.
    fn pinned_drop(&self) -> String {
        if !self.arguments.pinned_drop || self.own_drop && self.drop_code.is_none() {
            return String::new();
        }
        let mut this = self.clone();
        if let Some((parameters, predicates)) = this.drop_generics.take() {
            (this.parameters, this.predicates) = (parameters, predicates);
        }
        let body = self.drop_code.as_deref().unwrap_or("::arsenal::drops();");
        let method = |receiver: &str| format!("fn drop({receiver}: ::arsenal::Pin<&mut Self>) {{ {body} }}");
        match self.door {
            Door::Lite => this.implementation("PinnedDrop", &method("qx_this")),
            _ => {
                let implementation = this.implementation("::pinsight::PinnedDrop", &method("self"));
                format!("#[::pinsight::pinned_drop]\n{implementation}")
            }
        }
    }

    /// The whole item.
    pub(crate) fn text(&self) -> String {
        match &self.within {
            Some((matcher, argument)) => {
                format!(
                    "macro_rules! qx_within {{ ({matcher}) => {{ {} }} }}\nqx_within! {{ {argument} }}\n",
                    self.plain_text()
                )
            }
            None => self.plain_text(),
        }
    }

    fn plain_text(&self) -> String {
        let Self { above, below, entry, prefix, .. } = self;
        let (list, declaration, drop) = (self.list(), self.declaration(), self.pinned_drop());
        if let Some(forged) = &self.forged {
            return format!("{above}{forged}\n{below}{declaration}\n{drop}");
        }
        match self.door {
            Door::Derive => {
                let list = if list.is_empty() { String::new() } else { format!("#[pin({list})]\n") };
                format!("{above}#[derive({entry})]\n{list}{below}{declaration}\n{drop}")
            }
            Door::Attribute => format!("{above}#[{entry}({list})]\n{below}{declaration}\n{drop}"),
            Door::Lite => {
                let mut attributes = String::new();
                let Arguments { project, project_ref, project_replace, not_unpin, .. } = self.arguments;
                let [p, r, o] = &self.names;
                for (asked, text) in [
                    (project, format!("#[project = {p}]\n")),
                    (project_ref, format!("#[project_ref = {r}]\n")),
                    (project_replace, format!("#[project_replace = {o}]\n")),
                    (not_unpin, "#[project(!Unpin)]\n".into()),
                ] {
                    attributes += if asked { &text } else { "" };
                }
                for argument in self.arguments.first.iter().chain(&self.arguments.last) {
                    attributes += &format!("#[project({argument})]\n");
                }
                format!("{entry}! {{ {prefix}\n{above}{attributes}{below}{declaration}\n{drop}}}\n")
            }
        }
    }

    /// Code that projects the type, if it can be: what nobody can project has no promises to keep.
    pub(crate) fn projects(&self) -> String {
        let Arguments { project, project_ref, .. } = self.arguments;
        let unnamed = self.shape != Shape::Enum || self.door == Door::Derive;
        let (method, reference) = match (project, project_ref) {
            (true, _) => ("project", "&mut"),
            (false, true) => ("project_ref", "&"),
            (false, false) if unnamed => ("project", "&mut"),
            (false, false) => return String::new(),
        };
        let body = format!("fn qx_projects(self: ::arsenal::Pin<{reference} Self>) {{ let _ = self.{method}(); }}");
        self.implementation("", &body).replacen(" for ", " ", 1)
    }

    /// Whether the peers' form of this door has all that is asked.
    pub(crate) fn is_possible(&self) -> bool {
        let Arguments { pinned_drop, project_replace, unsafe_unpin, not_unpin, .. } = self.arguments;
        let lite = self.door != Door::Lite || !(unsafe_unpin || self.arguments.path.is_some());
        lite && !(pinned_drop && project_replace) && !(unsafe_unpin && not_unpin)
    }

    /// A value, for a type argument that is inferred or given.
    pub(crate) fn value(&self) -> String {
        let fields = self.fields();
        let make = "::arsenal::Make::make()";
        match self.shape {
            Shape::Named | Shape::Enum => {
                let list: Vec<_> = fields.iter().map(|(_, name, _)| format!("{name}: {make}")).collect();
                let variant = if self.shape == Shape::Enum { "::QxA" } else { "" };
                format!("{}{variant} {{ {} }}", self.name, list.join(", "))
            }
            Shape::Tuple => format!("{}({make}, {make}, {make})", self.name),
        }
    }

    /// A function `qx_run` that pins a value with the type argument `instance`, and looks where its pinned field is.
    pub(crate) fn run(&self, instance: &str) -> String {
        let [p, r, _] = &self.names;
        let index = self.fields().iter().position(|(pinned, ..)| *pinned).unwrap_or(0);
        let see = |method: &str, by: &str, name: &str, named: bool| {
            let call = format!("qx_s.as_{by}().{method}()");
            let seen = match self.shape {
                Shape::Named => format!("let qx_p = {call}; qx_w.see(&*qx_p.qx_f);"),
                Shape::Tuple => format!("let qx_p = {call}; qx_w.see(&*qx_p.{index});"),
                Shape::Enum if named => {
                    format!("if let {name}::QxA {{ qx_f, .. }} = {call} {{ qx_w.see(&*qx_f); }}")
                }
                Shape::Enum => return String::new(),
            };
            format!("    qx_w.round(); {seen}\n")
        };
        let Arguments { project, project_ref, .. } = self.arguments;
        let project = if self.shape == Shape::Enum || project || self.door != Door::Lite || !project_ref {
            see("project", "mut", p, project)
        } else {
            String::new()
        };
        // The derive makes it on request only.
        let project_ref = match self.door == Door::Derive && !project_ref {
            true => String::new(),
            false => see("project_ref", "ref", r, project_ref),
        };
        // What is pinned is dropped where it stood, and the new one lies there.
        let replaced = match self.arguments.project_replace {
            true => format!("    let _ = qx_s.as_mut().project_replace({});\n{project}", self.value()),
            false => String::new(),
        };
        let uses = if self.uses.is_empty() { String::new() } else { format!("<{instance}>") };
        format!(
            "pub fn qx_run() {{\n    let mut qx_s: ::arsenal::Pin<::arsenal::Box<{}{uses}>> = ::arsenal::Box::pin({});\n    \
             let mut qx_w = ::arsenal::Watch::of(&*qx_s);\n{project}{project_ref}{project}{replaced}}}\n",
            self.name,
            self.value(),
        )
    }
}

/// `'a, F, N` as the parts of a tuple: lifetimes as references, everything else as it is.
fn marker(uses: &str) -> String {
    let part = |part: &str| {
        let part = part.trim();
        match part.strip_prefix('\'') {
            Some(_) => format!("&{part} ()"),
            None => format!("::arsenal::PhantomData<{part}>"),
        }
    };
    let parts = uses.split(',').filter(|part| !part.trim().is_empty() && !is_constant(part));
    format!("({})", parts.map(|text| part(text) + ",").collect::<String>())
}

/// By agreement of the templates, a constant parameter is written in braces where it is used.
fn is_constant(part: &str) -> bool {
    part.trim().starts_with('{')
}

/// `<F: Is<A = u8> = u8>` to `<F: Is<A = u8>>`: an implementation has no defaults.
fn without_defaults(parameters: &str) -> String {
    let mut depth = 0;
    let mut in_default = false;
    let mut output = String::new();
    for (at, c) in parameters.char_indices() {
        match c {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' | ')' | ']' | '}' => depth -= 1,
            '=' if depth == 1 && parameters[at..].starts_with("= ") => in_default = true,
            ',' if depth == 1 => in_default = false,
            _ => {}
        }
        in_default &= depth > 0;
        if !in_default {
            output.push(c);
        }
    }
    output
}
