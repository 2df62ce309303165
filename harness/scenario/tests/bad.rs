//! Every file in `tests/bad-scenarios` is refused with the message beside it.

use std::path::{Path, PathBuf};

use scenario::{FileError, parse_file, render};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad-scenarios")
}

fn files(ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|it| it == ending))
        .collect();
    files.sort();
    files
}

#[test]
fn each_has_its_message_and_each_message_its_scenario() {
    let names = |ending| -> Vec<_> {
        let files = files(ending).into_iter();
        files.map(|file| file.with_extension("")).collect()
    };
    assert_eq!(names("yaml"), names("snap"));
    assert!(names("yaml").len() >= 45);
}

#[test]
fn each_is_refused_with_its_pinned_message() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for file in files("yaml") {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        match parse_file(&file) {
            Ok(_) => panic!("{name} was taken for a good scenario"),
            Err(FileError::Wrong {
                source_text,
                diagnostics,
                ..
            }) => {
                assert!(!diagnostics.is_empty(), "{name}");
                let shown = format!("{name}.yaml");
                let message = render(&diagnostics, &shown, &source_text, false);
                insta::assert_snapshot!(name, message);
            }
            Err(error) => panic!("{error}"),
        }
    }
}
