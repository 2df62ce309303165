use std::path::{Path, PathBuf};

use recording::{Engine, Recording};

/// Compares what must be the same in every run of a scenario, whatever the
/// engine, the kernel and the seed, with the one snapshot there is of it.
///
/// Where code takes no time, as in the `uml` engine, packets that cross each other have
/// one stamp, and come in the order of the interfaces. A scenario of which that is all
/// that differs has a second snapshot, called `NAME@uml`.
///
/// # Panics
///
/// With the difference, if there is one.
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
