//! Capabilities that not every kernel has, and their words in a scenario.

use std::fmt;

/// Makes [`Capability`] from rows of variant, word and description.
macro_rules! capabilities {
    ($($variant:ident = $word:literal, $about:literal;)*) => {
        /// A capability that not every kernel has, and that a scenario may need.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Capability {
            $(#[doc = $about] $variant,)*
        }

        impl Capability {
            /// All capabilities.
            pub const ALL: &'static [Capability] = &[$(Capability::$variant),*];

            /// Word for the capability in a scenario.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Capability::$variant => $word,)*
                }
            }

            /// Description of the capability, with the RFC.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {
                    $(Capability::$variant => $about,)*
                }
            }
        }
    };
}

capabilities! {
    AddressConfiguration = "address-configuration", "ASCONF: addresses are added and deleted in mid-association (RFC 5061).";
    AssociationDetails = "association-details", "More of an association than the sockets API tells: `ssthresh`, `flight`, `error-count`, `queued` (Linux with `sctp_diag`). Needed wherever an assertion looks at one of them.";
    Authentication = "authentication", "AUTH: chunks are authenticated (RFC 4895).";
    ConnectionTracking = "connection-tracking", "A router's firewall tracks SCTP (Linux with `nf_conntrack`).";
    ExplicitEor = "explicit-eor", "The application says where a message ends (RFC 6458 section 8.1.26).";
    ExtendedReceiveInfo = "extended-receive-info", "`SCTP_EXTRCV`: ancillary data about the next message, too (RFC 6458 section 5.3.3).";
    FairSchedulers = "fair-schedulers", "The stream schedulers `fc` and `wfq` (RFC 8260 sections 3.5 and 3.6).";
    Interleaving = "interleaving", "I-DATA: messages are interleaved (RFC 8260).";
    PartialReliability = "partial-reliability", "FORWARD TSN: messages are given up (RFC 3758).";
    PathMtuProbing = "path-mtu-probing", "The path MTU is found by probing (RFC 8899).";
    PotentiallyFailedExposure = "potentially-failed-exposure", "The application hears of paths that are potentially failed (RFC 7829 section 7.3).";
    StreamReconfiguration = "stream-reconfiguration", "RE-CONFIG: streams are reset and added (RFC 6525).";
    UdpEncapsulation = "udp-encapsulation", "Packets travel in UDP (RFC 6951).";
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
