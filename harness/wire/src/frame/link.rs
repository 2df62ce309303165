//! The link layer.

/// The hardware addresses of an Ethernet frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MacAddresses {
    /// The sender's.
    pub source: [u8; 6],
    /// The receiver's.
    pub destination: [u8; 6],
}
