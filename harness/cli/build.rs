//! Puts the course, the sweeps, the scenarios with programs and the kept runs into the lab's
//! binary, so that no clone is needed.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::ZlibEncoder;

fn main() {
    let repository = Path::new(&variable("CARGO_MANIFEST_DIR")).join("../..");
    let scenarios = repository.join("scenarios");
    // In a clone, the scenario files are read directly, so that authors need no build
    // after each change. Only a release build depends on the texts; every build depends
    // on the list of lessons.
    println!("cargo::rerun-if-changed=build.rs");
    let units = repository.join("harness/course/src/units.rs");
    println!("cargo::rerun-if-changed={}", units.display());
    if variable("PROFILE") == "release" {
        println!("cargo::rerun-if-changed={}", scenarios.display());
    }
    let sweeps = repository.join("sweeps");
    println!("cargo::rerun-if-changed={}", sweeps.display());
    put(
        &sweeps,
        "yaml",
        "The sweeps by name, each with its text",
        "SWEEPS",
    );
    let sheets = repository.join("harness/course/exercises");
    println!("cargo::rerun-if-changed={}", sheets.display());
    put(
        &scenarios,
        "yaml",
        "The course by name, each with its text",
        "INSIDE",
    );
    let programs = repository.join("programs");
    println!("cargo::rerun-if-changed={}", programs.display());
    put(
        &programs,
        "yaml",
        "Scenarios with programs in them, each with its text",
        "PROGRAMS",
    );
    pack(
        &sheets,
        "json",
        "Where the sheet of a lesson is among all of them, by its name",
        "SHEETS",
    );
    link_in_place();
}

/// Links a static program to fixed addresses.
///
/// The program is the init of the guests, and guests are booted by the thousand. A program
/// that can run at any address begins with thirty thousand relocations, and each page with
/// relocations costs the guest a page fault and a copy. The object files stay the same.
fn link_in_place() {
    let is =
        |key: &str, value: &str| env::var(key).is_ok_and(|it| it.split(',').any(|it| it == value));
    if !is("CARGO_CFG_TARGET_OS", "linux")
        || !is("CARGO_CFG_TARGET_ENV", "gnu")
        || !is("CARGO_CFG_TARGET_FEATURE", "crt-static")
    {
        return;
    }
    // A static program registers its unwind tables, and some versions of libgcc sort the
    // tables at each start. The program headers lead to the tables as well.
    for argument in [
        "-static",
        "-no-pie",
        "-Wl,--defsym=__register_frame_info=0",
        "-Wl,--defsym=__deregister_frame_info=0",
    ] {
        println!("cargo::rustc-link-arg-bins={argument}");
    }
    // Cargo forgets the profile's `strip` for a package that has an `opt-level` of its own.
    if variable("PROFILE") == "release" {
        println!("cargo::rustc-link-arg-bins=-Wl,--strip-all");
    }
}

/// Makes a table of the files in a folder.
fn put(folder: &Path, ending: &str, what: &str, table: &str) {
    let mut code = format!("/// {what}.\nstatic {table}: &[(&str, &str)] = &[\n");
    for (name, text) in files(folder, ending) {
        writeln!(code, "    ({name:?}, {text:?}),").expect("a text takes all");
    }
    code.push_str("];\n");
    write_out(&format!("{}.rs", table.to_lowercase()), code.as_bytes());
}

/// Makes a table of the files in a folder, and one zlib stream of all their texts.
///
/// Kept runs are much alike: packed one by one, the runs would take twice as much.
fn pack(folder: &Path, ending: &str, what: &str, table: &str) {
    let mut code = format!("/// {what}.\nstatic {table}: &[(&str, Range<usize>)] = &[\n");
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let mut begin = 0;
    for (name, text) in files(folder, ending) {
        let end = begin + text.len();
        writeln!(code, "    ({name:?}, {begin}..{end}),").expect("a text takes all");
        packed.write_all(text.as_bytes()).expect("memory takes all");
        begin = end;
    }
    code.push_str("];\n");
    let packed = packed.finish().expect("memory takes all");
    let name = table.to_lowercase();
    write_out(&format!("{name}.rs"), code.as_bytes());
    write_out(&format!("{name}.zlib"), &packed);
}

/// The names and the texts of the files in a folder, in the order of their names.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the repository has such a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|it| it == ending))
        .collect();
    files.sort();
    let read = |file: PathBuf| {
        let text = fs::read_to_string(&file).expect("it can be read");
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        (name.into_owned(), text)
    };
    files.into_iter().map(read).collect()
}

fn write_out(name: &str, bytes: &[u8]) {
    let out = Path::new(&variable("OUT_DIR")).join(name);
    fs::write(out, bytes).expect("cargo's folder can be written");
}

fn variable(name: &str) -> String {
    env::var(name).expect("cargo sets it")
}
