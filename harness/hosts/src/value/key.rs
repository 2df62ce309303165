//! The key of a target.

use std::path::{Path, PathBuf};

use document::read::{Word, Wrong};

/// The file of a private key.
pub(crate) struct KeyFile(String);

impl KeyFile {
    /// The path of the key, relative to the folder of the file that names it. A path that
    /// begins with `~` stays as it is: ssh puts the user's home there.
    pub(crate) fn within(&self, folder: &Path) -> PathBuf {
        match self.0.starts_with('~') {
            true => PathBuf::from(&self.0),
            false => folder.join(&self.0),
        }
    }
}

impl Word for KeyFile {
    const EXPECTED: &'static str = "the path of a private key, such as `~/.ssh/id_ed25519`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        if text.contains(char::is_control) {
            return Err(Wrong::new(
                "this is not the path of a file",
                "write the path, not what is in the file",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

document::inline_schema!(KeyFile, "key", {
    "type": "string",
    "minLength": 1,
    "examples": ["~/.ssh/id_ed25519"],
});
