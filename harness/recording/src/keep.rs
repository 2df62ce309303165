//! Writes recordings to disk. A recording is written completely, and replaces nothing but
//! another recording.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use disk::FolderDraft;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Recording;
use super::error::FolderError;
use super::files::{FILES, INFO, LONGEST_INFO};

impl Recording {
    /// Writes a recording to a folder, and replaces a recording that is there. A crash at
    /// any moment leaves the old or the new recording complete.
    ///
    /// # Errors
    ///
    /// [`FolderError::InTheWay`] if the target is no recording, and errors of the file
    /// system. The target is unchanged in these cases.
    pub fn write(&self, folder: &Path) -> Result<(), FolderError> {
        let files = self.to_files()?;
        let parent = parent(folder);
        fs::create_dir_all(parent).map_err(at(parent))?;
        let draft = FolderDraft::begin(folder, &FILES).map_err(at(folder))?;
        for (name, content) in files {
            draft
                .write(name, &content)
                .map_err(at(&folder.join(name)))?;
        }
        draft
            .finish(|there| may_replace(there).map_err(Failed::Folder))
            .map_err(|failed| match failed {
                Failed::Folder(error) => error,
                Failed::Io(error) => at(folder)(error),
            })
    }

    /// Tests in advance whether a recording can be written there, without changing
    /// anything.
    ///
    /// # Errors
    ///
    /// Errors of [`write`](Self::write), as far as they can be predicted.
    pub fn can_be_written(folder: &Path) -> Result<(), FolderError> {
        may_replace(folder)?;
        let parent = parent(folder);
        let made = create_all(parent).map_err(|(path, error)| at(&path)(error))?;
        let tried = FolderDraft::begin(folder, &FILES)
            .and_then(|draft| draft.try_out())
            .map_err(at(folder));
        for made in made.iter().rev() {
            let _ = fs::remove_dir(made);
        }
        tried
    }
}

/// The content of a folder of recordings.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The recordings, by name. Some of them may be invalid.
    pub recordings: Vec<PathBuf>,
    /// Remnants of a crash.
    pub left_over: Vec<PathBuf>,
}

impl Shelf {
    /// Lists a folder.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let mut shelf = Self::default();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if !path.is_dir() {
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match name.strip_suffix(disk::OLD) {
                _ if name.ends_with(disk::PART) => shelf.left_over.push(path),
                Some(name) => {
                    let whole = name.rsplit_once('.').map(|(name, _)| folder.join(name));
                    match whole {
                        // The recording has lost its name in a crash, but is found by it
                        // nevertheless.
                        Some(whole) if !whole.exists() => shelf.recordings.push(whole),
                        _ => shelf.left_over.push(path),
                    }
                }
                None if FILES.iter().any(|file| path.join(file).is_file()) => {
                    shelf.recordings.push(path);
                }
                None => {}
            }
        }
        shelf.recordings.sort();
        shelf.recordings.dedup();
        shelf.left_over.sort();
        Ok(shelf)
    }
}

/// The folder that has the recording of this name. The folder has another name only if a
/// crash came between the two steps in which a recording is replaced.
pub(crate) fn found(folder: &Path) -> PathBuf {
    disk::remnant_of(folder).unwrap_or_else(|| folder.to_owned())
}

/// The fields that identify the lab's `run.json`, of whatever version.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Mark {
    format: u32,
    scenario: String,
    engine: String,
    ended: IgnoredAny,
}

/// Whether the folder is absent, or has a recording and nothing else.
fn may_replace(folder: &Path) -> Result<(), FolderError> {
    let in_the_way = |why: String| FolderError::InTheWay {
        path: folder.to_owned(),
        why,
    };
    match folder.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(folder)(error)),
        Ok(there) if there.is_symlink() => return Err(in_the_way("it is a link".to_owned())),
        Ok(there) if !there.is_dir() => return Err(in_the_way("it is no folder".to_owned())),
        Ok(_) => {}
    }
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let name = entry.file_name();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !FILES.iter().any(|file| name == *file) {
            return Err(in_the_way(format!("it has `{}` in it", name.display())));
        }
    }
    let info = folder.join(INFO);
    let length = fs::metadata(&info).map_or(0, |info| info.len());
    if length == 0 || length > LONGEST_INFO {
        return Err(in_the_way(format!("it has no {INFO} of a recording")));
    }
    let info = fs::read(&info).map_err(at(&info))?;
    match serde_json::from_slice::<Mark>(&info) {
        Ok(_) => Ok(()),
        Err(error) => Err(in_the_way(format!(
            "its {INFO} is not of a recording: {error}"
        ))),
    }
}

/// Makes all missing parent folders. Returns those that were made, or the one that could
/// not be made.
fn create_all(folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let missing = folder.ancestors().take_while(|it| {
        !it.as_os_str().is_empty()
            && it
                .symlink_metadata()
                .is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    });
    let missing: Vec<&Path> = missing.collect();
    let mut made: Vec<PathBuf> = Vec::new();
    for path in missing.into_iter().rev() {
        match fs::create_dir(path) {
            Ok(()) => made.push(path.to_owned()),
            // Another process has made it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                for made in made.iter().rev() {
                    let _ = fs::remove_dir(made);
                }
                return Err((path.to_owned(), error));
            }
        }
    }
    match fs::metadata(folder) {
        Ok(there) if there.is_dir() => Ok(made),
        Ok(_) => Err((folder.to_owned(), io::ErrorKind::NotADirectory.into())),
        Err(error) => Err((folder.to_owned(), error)),
    }
}

fn parent(folder: &Path) -> &Path {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> FolderError + use<> {
    let path = path.to_owned();
    move |error| FolderError::Io { path, error }
}

/// Errors of giving a folder its name.
enum Failed {
    Folder(FolderError),
    Io(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::{Ended, Engine, FORMAT, Info, Time};

    fn recording(kernel: &str) -> Recording {
        Recording {
            info: Info {
                format: FORMAT,
                scenario: "x".to_owned(),
                sabotage: None,
                engine: Engine::Vm,
                kernel: kernel.to_owned(),
                seed: None,
                exact: None,
                uptime: None,
                late: None,
                complaint: None,
                ended: Ended::Complete,
                duration: Time::from_nanos(0),
            },
            scenario: "title: A scenario\n".to_owned(),
            interfaces: Vec::new(),
            packets: Vec::new(),
            observations: Vec::new(),
        }
    }

    fn kernel(folder: &Path) -> String {
        Recording::read(folder).unwrap().info.kernel
    }

    #[test]
    fn a_recording_takes_the_place_of_a_recording() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("runs/x");
        for name in ["one", "another"] {
            Recording::can_be_written(&folder).unwrap();
            recording(name).write(&folder).unwrap();
            assert_eq!(kernel(&folder), name);
        }
        assert_eq!(
            fs::read_dir(scratch.path().join("runs")).unwrap().count(),
            1
        );
    }

    #[test]
    fn a_recording_is_read_whole_while_others_take_its_place() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("x");
        let of = |name: &str| Recording {
            scenario: name.to_owned(),
            ..recording(name)
        };
        of("first").write(&folder).unwrap();
        std::thread::scope(|scope| {
            for name in ["one", "another"] {
                let folder = &folder;
                scope.spawn(move || (0..20).for_each(|_| of(name).write(folder).unwrap()));
            }
            for _ in 0..100 {
                let read = Recording::read(&folder).unwrap();
                assert_eq!(read.scenario, read.info.kernel);
            }
        });
    }

    #[test]
    fn nothing_else_is_replaced() {
        let scratch = tempfile::tempdir().unwrap();
        let precious = |path: &Path| fs::write(path, "precious").unwrap();
        type Make<'m> = &'m dyn Fn(&Path);
        let ways: [(&str, Make<'_>); 8] = [
            ("it is no folder", &precious),
            ("it is a link", &|path| symlink("/", path).unwrap()),
            ("it is a link", &|path| symlink("nowhere", path).unwrap()),
            ("it has no run.json", &|path| fs::create_dir(path).unwrap()),
            ("it has `main.c` in it", &|path| {
                recording("old").write(path).unwrap();
                precious(&path.join("main.c"));
            }),
            ("it has `src` in it", &|path| {
                fs::create_dir_all(path.join("src")).unwrap();
                precious(&path.join("src/main.c"));
            }),
            ("its run.json is not of a recording", &|path| {
                fs::create_dir(path).unwrap();
                fs::write(path.join(INFO), "{\"format\": 1}").unwrap();
            }),
            ("it has `run.json` in it", &|path| {
                fs::create_dir_all(path.join(INFO)).unwrap();
            }),
        ];
        for (number, (why, make)) in ways.into_iter().enumerate() {
            let folder = scratch.path().join(number.to_string());
            make(&folder);
            let before = tree(&folder);
            for tried in [
                Recording::can_be_written(&folder),
                recording("new").write(&folder),
            ] {
                let words = tried.unwrap_err().to_string();
                assert!(words.contains(why), "{words}");
                assert!(words.contains(&folder.display().to_string()), "{words}");
            }
            assert_eq!(tree(&folder), before);
        }
    }

    /// All names in the folder, and the content of files.
    fn tree(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = vec![(path.to_owned(), fs::read(path).unwrap_or_default())];
        if !path.is_symlink() {
            for entry in fs::read_dir(path).into_iter().flatten().flatten() {
                all.extend(tree(&entry.path()));
            }
        }
        all.sort();
        all
    }

    #[test]
    fn that_it_cannot_be_written_is_known_beforehand() {
        let scratch = tempfile::tempdir().unwrap();
        fs::write(scratch.path().join("file"), "").unwrap();
        for place in ["file/x", "file/runs/x"] {
            let folder = scratch.path().join(place);
            let error = Recording::can_be_written(&folder).unwrap_err();
            assert!(matches!(error, FolderError::Io { .. }), "{error}");
        }
        Recording::can_be_written(Path::new("/proc/no/such/x")).unwrap_err();
        Recording::can_be_written(&scratch.path().join("a/b/c/x")).unwrap();
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_recording_is_found_between_the_two_steps_of_its_replacement() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("x");
        recording("old").write(&folder).unwrap();
        fs::rename(&folder, scratch.path().join("x.abc123.old")).unwrap();
        assert_eq!(kernel(&folder), "old");
        fs::create_dir(scratch.path().join("y.abc123.part")).unwrap();
        let shelf = Shelf::of(scratch.path()).unwrap();
        assert_eq!(shelf.recordings, [folder]);
        assert_eq!(shelf.left_over, [scratch.path().join("y.abc123.part")]);
    }
}
