//! The learner's progress: a file in the user's state folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use exercise::Learner;

use crate::console;
use crate::exit::Exit;
use crate::interrupt;

/// The progress, and its file.
pub(super) struct Kept {
    file: PathBuf,
    learner: Learner,
}

/// Makes Ctrl-C end the process with a message. The progress is on the disk after each
/// answer, so nothing is lost. A scenario that is running ends with the process.
pub(super) fn keep_after_ctrl_c() {
    interrupt::end_with(|| {
        console::mention("\nYour place is kept: `sctp-lab learn` goes on from here.");
    });
}

/// `$XDG_STATE_HOME/sctp-lab/learn.json`, else below `$HOME/.local/state`. The XDG Base
/// Directory Specification ignores paths that are not absolute.
fn file() -> Option<PathBuf> {
    let variable = |name| {
        let value = std::env::var_os(name).map(PathBuf::from);
        value.filter(|path| path.is_absolute())
    };
    let states =
        variable("XDG_STATE_HOME").or_else(|| Some(variable("HOME")?.join(".local/state")))?;
    Some(states.join("sctp-lab/learn.json"))
}

impl Kept {
    /// Reads the progress. A damaged file is reported and set aside, not overwritten.
    pub(super) fn open() -> Result<Self, Exit> {
        let Some(file) = file() else {
            console::error_with_remedy(
                "no place to keep yours: neither XDG_STATE_HOME nor HOME is an absolute path",
                Some("XDG_STATE_HOME=/some/folder sctp-lab learn"),
            );
            return Err(Exit::CannotRun);
        };
        let learner = match read(&file).map_err(|error| refused(&file, &error))? {
            None => Learner::default(),
            Some(bytes) => match Learner::read(&bytes) {
                Ok(learner) => learner,
                Err(error) => {
                    let aside = set_aside(&file).map_err(|error| refused(&file, &error))?;
                    console::error_with_remedy(
                        &format!("{}: {error}", file.display()),
                        Some(&format!(
                            "it is kept as {}, and you begin anew",
                            aside.display()
                        )),
                    );
                    Learner::default()
                }
            },
        };
        Ok(Self { file, learner })
    }

    pub(super) fn has_done(&self, lesson: &str, exercise: usize) -> bool {
        self.learner.has_done(lesson, exercise)
    }

    /// Records that an exercise is done. Entries of another `learn` process are kept.
    pub(super) fn note(&mut self, lesson: &str, exercise: usize) -> Result<(), Exit> {
        if let Ok(Some(bytes)) = read(&self.file)
            && let Ok(other) = Learner::read(&bytes)
        {
            self.learner.join(other);
        }
        self.learner.note(lesson, exercise);
        self.write()
    }

    /// Forgets these lessons, or all.
    pub(super) fn forget(&mut self, lessons: Option<&[String]>) -> Result<Exit, Exit> {
        match lessons {
            Some(lessons) => lessons.iter().for_each(|it| self.learner.forget(it)),
            None => self.learner = Learner::default(),
        }
        self.write()?;
        console::print("Forgotten: `sctp-lab learn` begins anew.\n");
        Ok(Exit::Passed)
    }

    fn write(&self) -> Result<(), Exit> {
        let folder = self.file.parent().unwrap_or(Path::new("/"));
        let written = fs::create_dir_all(folder)
            .and_then(|()| disk::replace(&self.file, self.learner.text().as_bytes()));
        written.map_err(|error| refused(&self.file, &error))
    }
}

/// Reads the file; `None` if there is none.
fn read(file: &Path) -> io::Result<Option<Vec<u8>>> {
    use std::io::Read;
    // One byte more than such a file may have, so that a longer file is noticed.
    const MOST: u64 = 1024 * 1024 + 1;
    let opened = match fs::File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut bytes = Vec::new();
    opened.take(MOST).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let names = (1_u32..).map(|number| match number {
        1 => file.with_extension("damaged"),
        _ => file.with_extension(format!("damaged-{number}")),
    });
    let mut free = names.filter(|it| fs::symlink_metadata(it).is_err());
    let free = free.next().ok_or(io::ErrorKind::AlreadyExists)?;
    fs::rename(file, &free)?;
    Ok(free)
}

fn refused(file: &Path, error: &io::Error) -> Exit {
    console::error_with_remedy(
        &format!("your place cannot be kept: {}: {error}", file.display()),
        Some("XDG_STATE_HOME=/some/folder sctp-lab learn keeps it elsewhere"),
    );
    Exit::of_file(error).max(Exit::CannotRun)
}
