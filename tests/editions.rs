//! The macros work in crates of every edition, and in crates without std. An integration test has the edition of its package,
//! so that each case is a package of its own, made here and checked by cargo.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What works in all editions: paths as edition 2015 wants them, and no `dyn` or `async`.
const ALL_EDITIONS: &str = r#"
extern crate pinsight;
extern crate core;

pub mod inner {
    use pinsight::PinProject;

    #[derive(PinProject)]
    #[pin(project = FutureProj, project_ref = FutureProjRef, project_replace = FutureProjOwn)]
    pub enum Future<F, T> {
        Pending {
            #[pin]
            future: F,
            async_count: T,
        },
        Done(T),
        Empty,
    }

    #[derive(PinProject)]
    #[pin(PinnedDrop)]
    pub struct Guarded<F>(#[pin] pub F, pub usize);

    #[::pinsight::pinned_drop]
    impl<F> PinnedDrop for Guarded<F> {
        fn drop(self: ::core::pin::Pin<&mut Self>) {
            *self.project().1 += 1;
        }
    }
}

pub mod attribute {
    #[::pinsight::pin_project(project = Proj)]
    pub struct Wrapper<'a, T: 'a> {
        #[pin]
        pub inner: T,
        pub name: &'a str,
    }

    pub fn name<'p, 'a, T>(wrapper: ::core::pin::Pin<&'p mut Wrapper<'a, T>>) -> &'a str {
        let Proj { inner: _, name } = wrapper.project();
        *name
    }
}

pub mod lite {
    pinsight::lite::pin_project! {
        pub struct Lite<F> {
            #[pin]
            pub future: F,
            pub count: usize,
        }
    }
}

pub fn count(lite: ::core::pin::Pin<&mut lite::Lite<u8>>) -> usize {
    *lite.project().count
}

pub fn read(future: ::core::pin::Pin<&mut inner::Future<u8, u8>>) -> u8 {
    match future.project() {
        inner::FutureProj::Pending { future, async_count } => *future + *async_count,
        inner::FutureProj::Done(done) => *done,
        inner::FutureProj::Empty => 0,
    }
}
"#;

struct Package(PathBuf);

impl Package {
    fn new(name: &str, edition: &str, source: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("pinsight-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("src")).expect("a folder can be made");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n[workspace]\n\n\
             [dependencies]\npinsight = {{ path = {:?} }}\n",
            env!("CARGO_MANIFEST_DIR")
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
        std::fs::write(folder.join("src/lib.rs"), source).expect("the source can be written");
        // The versions that are tested are those of this repository.
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), folder.join("Cargo.lock"))
            .expect("the lock file can be copied");
        Package(folder)
    }

    fn check(&self) {
        let output = self.checked();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn checked(&self) -> Output {
        // All of them share what they build, which is pinsight.
        let target = std::env::temp_dir().join("pinsight-editions-target");
        Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target)
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs")
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_edition() {
    for edition in ["2015", "2018", "2021", "2024"] {
        let source = format!("#![deny(warnings)]\n{ALL_EDITIONS}");
        Package::new(&format!("edition-{edition}"), edition, &source).check();
    }
}

#[test]
fn a_crate_without_std() {
    let source = format!("#![no_std]\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n{ALL_EDITIONS}");
    Package::new("no-std", "2018", &source).check();
}

/// Shows that the checks above can fail.
#[test]
#[should_panic(expected = "cannot find")]
fn a_crate_without_std_has_no_vec() {
    Package::new("no-std-fails", "2018", "#![no_std]\npub fn f() { let _ = vec![1]; }\n").check();
}

/// In edition 2015 a path begins in the root of the crate, so that a module there may stand in for pinsight.
#[test]
fn a_module_called_pinsight_is_no_pinsight_in_2015() {
    let module = "extern crate pinsight as real;\nuse real::PinProject;\n\
                  mod pinsight { pub mod __private { pub trait Unpin {} impl<T> Unpin for (T,) {} } }\n\
                  #[derive(PinProject)]\npub struct Task<F> { #[pin] pub future: F }\n";
    for by_hand in ["", "impl<F> Unpin for Task<F> {}\n"] {
        let source = format!("#![forbid(unsafe_code)]\n{module}{by_hand}");
        let output = Package::new("module-2015", "2015", &source).checked();
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && message.contains("is not all of pinsight"), "{message}");
    }
}

/// As above, of one token of that edition in a crate of today: `#[pin]` comes out of a macro of the other crate.
#[test]
fn a_token_of_2015_leads_to_no_other_pinsight() {
    let old = Package::new(
        "old-2015",
        "2015",
        "#[macro_export]\nmacro_rules! hand { ($m:ident) => { $m! { Task #[pin] } } }\n",
    );
    let source = "#![forbid(unsafe_code)]\n\
        mod pinsight { pub mod __private { pub trait Unpin {} impl<T> Unpin for (T,) {} } }\n\
        macro_rules! make { ($name:ident #$pin:tt) => {\n\
            #[derive(::pinsight::PinProject)] pub struct Job<F> { #$pin pub future: F }\n\
            #[derive(::pinsight::PinProject)] pub struct $name<F> { #$pin pub future: F }\n\
        } }\n\
        old_2015::hand!(make);\n\
        fn is_unpin<T: Unpin>() {}\n\
        pub fn both() { is_unpin::<Job<std::marker::PhantomPinned>>(); is_unpin::<Task<std::marker::PhantomPinned>>(); }\n";
    let package = Package::new("token-2015", "2024", source);
    let manifest = package.0.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).expect("the manifest can be read");
    std::fs::write(&manifest, format!("{text}old-2015 = {{ path = {:?} }}\n", old.0)).expect("it can be written");
    let output = package.checked();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && message.contains("PhantomPinned` cannot be unpinned"), "{message}");
}
