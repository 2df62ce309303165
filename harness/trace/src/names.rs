//! What the hosts of a survey are called.

use super::Survey;

impl Survey {
    /// The names of the hosts: the first address of each, and how many more it
    /// has.
    #[must_use]
    pub fn host_names(&self) -> Vec<String> {
        let names = self.hosts.iter().map(|ends| match ends.as_slice() {
            [] => "?".to_owned(),
            [only] => only.to_string(),
            [first, more @ ..] => format!("{first} +{}", more.len()),
        });
        names.collect()
    }
}
