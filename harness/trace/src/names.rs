//! Names of the hosts of a survey.

use std::iter::repeat;

use super::Survey;

impl Survey {
    /// The names of the hosts. A host without a known name is called by its first address
    /// and the number of its further addresses.
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
