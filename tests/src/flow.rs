//! Compares the flow of a run with its snapshot.

use std::path::{Path, PathBuf};

use recording::{Engine, Recording};

/// Compares the flow of a run with the snapshot of its scenario: what must be the same in
/// every run, whatever the engine, the kernel and the seed.
///
/// Where code takes no time, as in the `uml` engine, packets that cross each other have the
/// same time stamp, and are sorted by interface. A scenario whose flow differs by that
/// alone has a second snapshot, called `NAME@uml`.
///
/// # Panics
///
/// If the flow differs, with the difference.
pub fn assert_flow(name: &str, recording: &Recording) {
    let own = format!("{name}@uml");
    let has_own = folder().join(format!("{own}.snap")).exists();
    let name = match recording.info.engine == Engine::Uml && has_own {
        true => &own,
        false => name,
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report::flow_snapshot(recording)));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots")
}
