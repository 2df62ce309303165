//! What the hosts of a survey are called.

use std::iter::repeat;

use super::Survey;

impl Survey {
    /// The names of the hosts: where none is known, the first address of each, and
    /// how many more it has.
    #[must_use]
    pub fn host_names(&self) -> Vec<String> {
        let known = self.names.iter().map(Option::as_deref).chain(repeat(None));
        let hosts = self.hosts.iter().zip(known);
        let names = hosts.map(|(ends, name)| match (name, ends.as_slice()) {
            (Some(name), _) => name.to_owned(),
            (None, []) => "?".to_owned(),
            (None, [only]) => only.to_string(),
            (None, [first, more @ ..]) => format!("{first} +{}", more.len()),
        });
        names.collect()
    }
}
