//! Lab files: the user's own files that map programs to their files, so that the command
//! line need not.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use document::diagnostic::Problems;
use document::read::{Entries, Read};
use document::yaml::{self, Genre, Node, Value};
use document::{Diagnostic, FileError};

use super::given::Named;

const LAB: Genre = Genre {
    one: "lab file",
    many: "lab files",
    beginning: "a lab file begins with `programs:`",
    largest: 64 * 1024,
};

const EXAMPLE: &str = "programs: {my-server: ./my-server}";

/// The content of a lab file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LabFile {
    /// The files of programs, relative to the current folder.
    pub(crate) programs: Vec<Named>,
}

impl FromStr for LabFile {
    type Err = String;

    /// Reads the file of that name.
    fn from_str(path: &str) -> Result<Self, String> {
        let path = Path::new(path);
        let folder = path.parent().unwrap_or(Path::new(""));
        match document::read_file(path, |source| parse(source, folder)) {
            Ok((file, _)) => Ok(file),
            Err(FileError::Unreadable { source, .. }) => Err(source.to_string()),
            Err(FileError::Wrong {
                path,
                source_text,
                diagnostics,
            }) => {
                let shown = document::render(&diagnostics, &path, &source_text, false);
                Err(format!("it is no lab file\n{}", shown.trim_end()))
            }
        }
    }
}

/// Parses a lab file. Its paths are relative to `folder`.
fn parse(source: &str, folder: &Path) -> Result<LabFile, Vec<Diagnostic>> {
    let mut problems = Problems::new(source);
    let file = yaml::load(source, &LAB, &mut problems).and_then(|root| {
        let entries = Entries::of(&root, &["programs"], EXAMPLE, &mut problems)?;
        let programs = entries.required::<Programs>("programs", EXAMPLE, &mut problems);
        let named = programs.get()?.0.iter().map(|(name, path)| Named {
            name: name.clone(),
            path: Some(folder.join(path)),
        });
        Some(LabFile {
            programs: named.collect(),
        })
    });
    match file {
        Some(file) if problems.is_empty() => Ok(file),
        _ => Err(problems.sorted()),
    }
}

/// Programs by their names in scenarios, with their files.
struct Programs(Vec<(String, PathBuf)>);

impl Read for Programs {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected programs and their files, found {}", node.found());
            problems
                .add(node.span, message, "not a map")
                .help("write `my-server: ./my-server`, one a line");
            return None;
        };
        let mut programs = Vec::new();
        for (key, value) in entries {
            let name = &key.value;
            if name.is_empty() || name.contains('/') {
                problems
                    .add(key.span, "this is not the name of a program", "no name")
                    .help("write what the scenario calls it, and behind it the file");
            }
            match &value.value {
                Value::Scalar(path) if !path.is_empty() => {
                    programs.push((name.clone(), path.into()));
                }
                _ => {
                    let message = format!("expected the file of `{name}`, found {}", value.found());
                    problems
                        .add(value.span, message, "no path")
                        .help(format!("write a path: `{name}: /usr/bin/{name}`"));
                }
            }
        }
        Some(Self(programs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_lab_files_own_folder_on() {
        let source = "programs:\n  my_server: ./bin/server\n  iperf3: /usr/bin/iperf3\n";
        let file = parse(source, Path::new("labs")).unwrap();
        let shown = file.programs.into_iter().map(|it| (it.name, it.path));
        let wanted = [
            ("my_server", "labs/./bin/server"),
            ("iperf3", "/usr/bin/iperf3"),
        ];
        let wanted = wanted.map(|(name, path)| (name.to_owned(), Some(PathBuf::from(path))));
        assert_eq!(shown.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let source = "programs:\n  a/b: x\n  c: [1]\nprogram: {}\n";
        let mistakes = parse(source, Path::new("")).unwrap_err();
        let words: Vec<_> = mistakes.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(words.len(), 3, "{words:?}");
        assert!(words[2].contains("unknown key `program`"), "{words:?}");
        for wrong in ["", "[]", "title: a scenario\n", "programs: x\n"] {
            assert!(parse(wrong, Path::new("")).is_err(), "{wrong}");
        }
    }
}
