//! The sections of RFC 9260 that no lesson names, each with the reason. A lesson must name
//! each of the other sections.

/// Sections that have one reason in common.
pub(crate) struct Unshown {
    pub(crate) sections: &'static [&'static str],
    pub(crate) reason: &'static str,
}

/// All sections that no lesson names, in the order of the RFC.
pub(crate) const UNSHOWN: &[Unshown] = &[
    Unshown {
        sections: &[
            "1", "1.1", "1.2", "1.4", "1.5", "1.5.1", "1.5.2", "1.5.3", "1.5.4", "1.5.5", "1.5.6",
            "1.5.7",
        ],
        reason: "an overview: what it tells is shown where the later sections have it",
    },
    Unshown {
        sections: &["2"],
        reason: "about the words of the RFC itself",
    },
    Unshown {
        sections: &["3", "5", "5.3", "6.3", "7", "8", "11", "11.1", "12", "12.2"],
        reason: "the lessons name the sections below it",
    },
    Unshown {
        sections: &["12.1", "12.2.1", "12.2.3", "12.2.4.3"],
        reason: "of who builds networks and writes applications: no packet shows it",
    },
    Unshown {
        sections: &["13"],
        reason: "of who writes a MIB",
    },
    Unshown {
        sections: &["14", "14.1", "14.2", "14.3", "14.4"],
        reason: "what a stack keeps in its memory: no packet and no socket shows it",
    },
    Unshown {
        sections: &["15", "15.1", "15.2", "15.3", "15.4", "15.5", "15.6"],
        reason: "of who defines new chunks, parameters and error causes",
    },
    Unshown {
        sections: &["B"],
        reason: "thanks",
    },
];

/// The reason why no lesson names a section; `None` if a lesson must name it.
pub(crate) fn reason(section: &str) -> Option<&'static str> {
    let of_it = UNSHOWN.iter().find(|it| it.sections.contains(&section));
    of_it.map(|it| it.reason)
}
