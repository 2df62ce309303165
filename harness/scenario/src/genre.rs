//! The genre of a scenario file: its words in messages, and its greatest size.

use document::yaml::Genre;

/// The genre of scenario files.
pub(crate) const SCENARIO: Genre = Genre {
    one: "scenario",
    many: "scenarios",
    beginning: "a scenario begins with `title:`",
    // A scenario of 200 hosts, the greatest number, has some 40 kB.
    largest: 256 * 1024,
};
