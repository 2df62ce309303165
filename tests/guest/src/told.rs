//! The guest's reports about its tests: a line of JSON each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How one test went.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) name: String,
    /// Why the test failed, if it did.
    pub(crate) failed: Option<String>,
}

impl Told {
    pub(crate) fn to_line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("text is always JSON");
        line.push(b'\n');
        line
    }

    /// The results in all lines, by name. A guest that died has handed over whole lines
    /// only.
    pub(crate) fn by_name(lines: &[u8]) -> BTreeMap<String, Self> {
        let told = serde_json::Deserializer::from_slice(lines).into_iter::<Self>();
        told.map_while(Result::ok)
            .map(|told| (told.name.clone(), told))
            .collect()
    }
}
