//! Counts of rules.

use rules::Rule;

/// Identity of a rule, valid as long as its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub(super) u64);

/// Counts of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCount {
    /// Identity of the rule.
    pub id: RuleId,
    /// The rule.
    pub rule: Rule,
    /// Number of frames that matched, of those on which no earlier rule acted.
    pub matched: u64,
    /// Number of frames on which the rule acted.
    pub taken: u64,
}
