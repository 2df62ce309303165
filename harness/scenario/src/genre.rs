use document::yaml::Genre;

/// What the file is.
pub(crate) const SCENARIO: Genre = Genre {
    one: "scenario",
    many: "scenarios",
    beginning: "a scenario begins with `title:`",
    // One of 300 hosts has some 60 kB.
    largest: 256 * 1024,
};
