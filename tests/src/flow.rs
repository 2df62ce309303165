use std::path::Path;

use recording::Recording;

/// Compares what must be the same in every run of a scenario, whatever the
/// engine, the kernel and the seed, with the one snapshot there is of it.
///
/// # Panics
///
/// With the difference, if there is one.
pub fn assert_flow(name: &str, recording: &Recording) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report::flow_snapshot(recording)));
}
