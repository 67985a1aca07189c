use pinsight_machine::{Child, ChildKind, Location, Machine, MachineKind, Role, Slot, State, StateKind};

use super::*;

fn child(kind: ChildKind, name: &str, size: Option<u64>, children: Vec<Child>) -> Child {
    let machine = (kind == ChildKind::Coroutine).then(|| name.to_owned().into());
    Child { kind, type_name: name.to_owned().into(), machine, size, children: children.into() }
}

fn coroutine(name: &str, size: u64) -> Child {
    child(ChildKind::Coroutine, name, Some(size), Vec::new())
}

fn boxed(inner: Child) -> Child {
    Child { kind: ChildKind::Boxed, children: vec![inner.clone()].into(), ..inner }
}

fn slot(role: Role, offset: u64, child: Child) -> Slot {
    let name = if role == Role::Awaitee { "__awaitee" } else { "held" };
    Slot { offset: Some(offset), size: child.size, child: Some(child), ..Slot::new(name.into(), role) }
}

/// A machine that is named by its id; in each state one list of slots.
fn machine(id: &str, size: u64, states: Vec<Vec<Slot>>) -> Machine {
    let states = states.into_iter().enumerate().map(|(number, slots)| State {
        location: Some(Location { file: "/app/src/main.rs".into(), line: 10 + number as u32, column: None }),
        slots: slots.into(),
        ..State::new(StateKind::Suspended(number as u32))
    });
    Machine {
        id: id.to_owned().into(),
        path: id.to_owned().into(),
        size: Some(size),
        location: Some(Location { file: "/app/src/main.rs".into(), line: 1, column: None }),
        states: states.collect::<Vec<_>>().into(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

fn awaits(offset: u64, child: Child) -> Vec<Slot> {
    vec![slot(Role::Awaitee, offset, child)]
}

/// `main` awaits `serve` and, twice, a join of `load` and a boxed `load`; `serve` awaits itself in a box.
fn program() -> Vec<Machine> {
    let join = || {
        child(ChildKind::HandWritten, "app::Join", Some(60), vec![coroutine("load", 40), boxed(coroutine("load", 40))])
    };
    let dynamic = child(ChildKind::Dyn, "dyn core::future::future::Future<Output=()>", None, Vec::new());
    vec![
        machine("load", 40, vec![awaits(8, child(ChildKind::HandWritten, "tokio::Sleep", Some(24), vec![]))]),
        machine("main", 200, vec![awaits(16, coroutine("serve", 150)), awaits(100, join()), awaits(100, join())]),
        machine(
            "serve",
            150,
            vec![
                vec![
                    slot(Role::Local, 0, coroutine("missing", 90)),
                    slot(Role::Awaitee, 96, boxed(coroutine("serve", 150))),
                ],
                awaits(8, dynamic),
            ],
        ),
    ]
}

fn text(id: &str) -> String {
    let tree = tree(&program(), id, Repeats::Once).unwrap();
    TreeText { color: false, root: "/app" }.draw(&tree)
}

#[test]
fn the_tree_shows_what_each_future_adds() {
    let lines = text("main");
    let tree: Vec<&str> = lines.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(
        tree,
        [
            "  bytes   adds",
            "▶   200     50  main  src/main.rs:1",
            "▶   150     60  ├─ serve  Suspend0 src/main.rs:10",
            "    150    150  │  ├─ serve  Suspend0 src/main.rs:10, in a box, recursive",
            "▶    90     90  │  ├─ missing  held in `held`, Suspend0 src/main.rs:10, (?)",
            "      ?      ?  │  └─ dyn Future<Output=()>  Suspend1 src/main.rs:11, in a box, known only at run time",
            "     60     20  └─ Join  Suspend1 src/main.rs:11, Suspend2 src/main.rs:12",
            "     40     16     ├─ load",
            "     24     24     │  └─ Sleep  Suspend0 src/main.rs:10",
            "     40     40     └─ load  in a box, (*)",
        ]
    );
}

#[test]
fn the_largest_path_adds_up_to_the_root() {
    let tree = tree(&program(), "main", Repeats::Full).unwrap();
    let (mut sum, mut node) = (0, Some(&tree));
    while let Some(largest) = node {
        assert!(largest.largest);
        sum += largest.adds.unwrap();
        node = largest.children.iter().find(|child| child.largest);
    }
    assert_eq!(Some(sum), tree.size);
}

#[test]
fn colour_only_adds_escape_codes() {
    let tree = tree(&program(), "main", Repeats::Once).unwrap();
    let mut coloured = TreeText { color: true, root: "/app" }.draw(&tree);
    assert!(coloured.contains("\u{1b}["));
    while let Some(start) = coloured.find('\u{1b}') {
        let end = start + coloured[start..].find('m').unwrap();
        coloured.replace_range(start..=end, "");
    }
    assert_eq!(coloured, text("main"));
}

#[test]
fn json_has_a_version_and_every_node() {
    let json: serde_json::Value =
        serde_json::from_str(&tree_json(&tree(&program(), "main", Repeats::Once).unwrap())).unwrap();
    assert_eq!(json["format_version"], 1);
    let serve = &json["tree"]["children"][0];
    assert_eq!((&serve["size"], &serve["adds"], &serve["largest"]), (&150.into(), &60.into(), &true.into()));
    assert_eq!(serve["states"][0]["location"]["line"], 10);
    assert_eq!(serve["children"][0]["end"], "recursive");
    assert_eq!(serve["children"][2]["end"], "run_time");
}

#[test]
fn a_machine_that_is_not_there_has_no_tree() {
    assert!(tree(&program(), "nothing", Repeats::Once).is_none());
}

#[test]
fn a_tree_that_doubles_with_each_level_ends() {
    let mut machines = vec![machine("m0", 8, Vec::new())];
    for level in 1..300_u64 {
        let below = format!("m{}", level - 1);
        let wrapped = child(ChildKind::HandWritten, "Wrapper", Some(8 * level), vec![coroutine(&below, 8 * level)]);
        machines.push(machine(
            &format!("m{level}"),
            8 + 8 * level,
            vec![awaits(0, coroutine(&below, 8 * level)), awaits(0, wrapped)],
        ));
    }
    let full = tree(&machines, "m299", Repeats::Full).unwrap();
    assert!(flame_graph(&full).len() < 50_000_000);
    let once = tree(&machines, "m299", Repeats::Once).unwrap();
    assert!(TreeText::default().draw(&once).lines().count() < 1_000);
}

/// Each rectangle of the picture: x, y, width, height.
fn rectangles(svg: &str) -> Vec<[f64; 4]> {
    let attribute = |tag: &str, name: &str| -> f64 {
        let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let tags = svg.split("<rect class=\"b").skip(1).map(|rest| rest.split_once("/>").unwrap().0);
    tags.map(|tag| ["x", "y", "width", "height"].map(|name| attribute(tag, name))).collect()
}

#[test]
fn rectangles_of_a_flame_graph_are_to_scale_and_never_cross() {
    let tree = tree(&program(), "main", Repeats::Full).unwrap();
    let svg = flame_graph(&tree);
    let rectangles = rectangles(&svg);
    // main, serve, missing, join, load, sleep; and in boxes load with its sleep.
    assert_eq!(rectangles.len(), 8);
    for [x, y, width, height] in &rectangles {
        for [other_x, other_y, other_width, other_height] in &rectangles {
            let within = |a: f64, a_size: f64, b: f64, b_size: f64| a >= b - 0.02 && a + a_size <= b + b_size + 0.02;
            let inside = |a: &[f64; 4], b: &[f64; 4]| within(a[0], a[2], b[0], b[2]) && within(a[1], a[3], b[1], b[3]);
            let (one, other) = ([*x, *y, *width, *height], [*other_x, *other_y, *other_width, *other_height]);
            let apart = x + width <= other_x + 0.02
                || other_x + other_width <= x + 0.02
                || y + height <= other_y + 0.02
                || other_y + other_height <= y + 0.02;
            assert!(apart || inside(&one, &other) || inside(&other, &one), "{one:?} crosses {other:?}");
        }
    }
    let scale = rectangles[0][2] / 200.0;
    assert!((rectangles[1][2] - 150.0 * scale).abs() < 0.02);
    assert!((rectangles[1][0] - rectangles[0][0] - 16.0 * scale).abs() < 0.02);
}

#[test]
fn names_in_a_flame_graph_are_text() {
    let name = "</text><script>&\"'\u{1b}]";
    let machines = [machine(name, 80, vec![awaits(0, child(ChildKind::HandWritten, name, Some(1 << 60), vec![]))])];
    let svg = flame_graph(&tree(&machines, name, Repeats::Full).unwrap());
    assert!(!svg.contains("<script") && !svg.contains('\u{1b}'));
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
}
