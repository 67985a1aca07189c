use super::*;

#[test]
fn every_key_is_read() {
    let text =
        "[[budget]]\npath = \"app::*\"\nmax-size = \"3 KiB\"\nself-references = \"deny\"\nmax-growth = \"7 %\"\n";
    let config = Config::parse(text, "pinsight.toml").unwrap();
    let location = Location { file: "pinsight.toml".into(), line: 2, column: Some(8) };
    assert_eq!(
        config.budget,
        [Budget {
            path: "app::*".into(),
            max_size: Some(Size(3072)),
            self_references: Some(SelfReferences::Deny),
            max_growth: Some(Growth::Percent(700)),
            location,
        }]
    );
}

#[test]
fn a_manifest_has_them_in_its_metadata() {
    let text = "[package]\nname = \"a\"\nunknown = 1\n\n[[package.metadata.pinsight.budget]]\npath = \"a::f\"\nmax-size = 9\n\
                \n[[workspace.metadata.pinsight.budget]]\npath = \"*\"\nmax-growth = 0\n";
    let paths: Vec<String> =
        Config::parse(text, "Cargo.toml").unwrap().budget.into_iter().map(|budget| budget.path).collect();
    assert_eq!(paths, ["*", "a::f"]);
    assert!(Config::parse("[package]\n", "Cargo.toml").unwrap().budget.is_empty());
}

/// Each with the place, and with what to write.
#[test]
fn mistakes() {
    let mistake = |text: &str| Config::parse(text, "pinsight.toml").unwrap_err().to_string();
    let in_budget = |line: &str| mistake(&format!("[[budget]]\npath = \"a\"\n{line}\n"));
    assert_eq!(
        in_budget("max_size = 1"),
        "unknown key `max_size` in a budget\n --> pinsight.toml:3:1\nhelp: write `max-size`"
    );
    assert_eq!(
        in_budget("  colour = 1"),
        "unknown key `colour` in a budget\n --> pinsight.toml:3:3\nhelp: write one of `path`, `max-size`, \
         `self-references`, `max-growth`"
    );
    assert_eq!(
        in_budget("max-size = \"2 furlongs\""),
        "`\"2 furlongs\"` is no value of `max-size`\n --> pinsight.toml:3:12\nhelp: write a size, such as `2048` or `\"2 KiB\"`"
    );
    assert!(in_budget("max-size = -5").starts_with("`-5` is no value of `max-size`\n --> pinsight.toml:3:12"));
    assert!(in_budget("max-growth = true").contains("such as `\"5 %\"` or `\"64 bytes\"`"));
    assert!(in_budget("self-references = \"forbid\"").contains("write a rule, such as `\"deny\"` or `\"allow\"`"));
    assert!(in_budget("").starts_with("this budget limits nothing\n --> pinsight.toml:1:1"));
    assert!(mistake("[[budget]]\nmax-size = 1\n").starts_with("this budget has no `path`"));
    assert!(mistake("[[budget]]\npath = 3\nmax-size = 1\n").starts_with("`3` is no path\n --> pinsight.toml:2:8"));
    assert!(mistake("[budget]\npath = \"a\"\n").contains("write `[[budget]]`, with two brackets"));
    assert!(mistake("[[budgets]]\n").starts_with("unknown key `budgets`\n --> pinsight.toml:1:3"));
    assert!(mistake("a = \n").starts_with("no TOML: "));
    assert!(mistake("path = \"é\n").contains(" --> pinsight.toml:1:"));
    let manifest = Config::parse("[package]\nmetadata.pinsight = 1\n", "Cargo.toml").unwrap_err().to_string();
    assert!(manifest.contains("write `[[package.metadata.pinsight.budget]]` above each budget"), "{manifest}");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "[[budget]]\npath = \"\"\nmax-size = \"a\"\n\n[[budget]]\npath = \"b\"\nmaximum = 1\n";
    let told = Config::parse(text, "pinsight.toml").unwrap_err().to_string();
    let places: Vec<&str> = told.lines().filter(|line| line.starts_with(" --> ")).collect();
    assert_eq!(places, [" --> pinsight.toml:2:8", " --> pinsight.toml:3:12", " --> pinsight.toml:7:1"]);
    assert_eq!(told.matches("\nerror: ").count(), 2);
}
