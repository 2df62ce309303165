//! Parameters: the optional parts of chunks (RFC 9260, section 3.2.1).

mod address;
mod asconf;
mod authentication;
mod extension;
mod re_config;

pub use address::AddressType;
pub(crate) use address::{decode_address, encode_address};
pub use asconf::{AddressChange, AsconfError, AsconfSuccess};
pub use authentication::HmacId;
pub use extension::{CookiePreservative, DetectionMethod};
pub use re_config::{
    AddStreams, IncomingReset, OutgoingReset, ReconfigResponse, ReconfigResult, TsnReset,
};

use std::net::{Ipv4Addr, Ipv6Addr};

use bytes::Bytes;

use crate::ChunkType;
use crate::tlv::tlv_table;

tlv_table! {
    /// A parameter of an INIT, INIT ACK, ASCONF, ASCONF-ACK or RE-CONFIG chunk.
    Parameter,
    /// The type number of a parameter.
    ParameterType, "unknown parameter";

    /// An address of the sender (RFC 9260, section 3.3.2.1.1).
    Ipv4Address(Ipv4Addr) = IPV4_ADDRESS 5, "IPv4 Address";
    /// An address of the sender (RFC 9260, section 3.3.2.1.2).
    Ipv6Address(Ipv6Addr) = IPV6_ADDRESS 6, "IPv6 Address";
    /// What the receiver hands back in its COOKIE ECHO (RFC 9260, section
    /// 3.3.3.1.1).
    StateCookie(Bytes) = STATE_COOKIE 7, "State Cookie";
    /// A whole parameter that the sender did not understand (RFC 9260, section
    /// 3.3.3.1.2).
    UnrecognizedParameter(Bytes) = UNRECOGNIZED_PARAMETER 8, "Unrecognized Parameter";
    /// Asks for a cookie that lives longer (RFC 9260, section 3.3.2.1.3).
    CookiePreservative(CookiePreservative) = COOKIE_PRESERVATIVE 9, "Cookie Preservative";
    /// Deprecated: the name of the sender, with its terminating zero (RFC 9260,
    /// section 3.3.2.1.4).
    HostNameAddress(Bytes) = HOST_NAME_ADDRESS 11, "Host Name Address";
    /// What kinds of address the sender can use (RFC 9260, section 3.3.2.1.5).
    SupportedAddressTypes(Vec<AddressType>) = SUPPORTED_ADDRESS_TYPES 12, "Supported Address Types";
    /// Asks for the sender's outgoing streams to begin at 0 again (RFC 6525,
    /// section 4.1).
    OutgoingSsnResetRequest(OutgoingReset) = OUTGOING_SSN_RESET_REQUEST 13, "Outgoing SSN Reset Request";
    /// Asks for the receiver's outgoing streams to begin at 0 again (RFC 6525,
    /// section 4.2).
    IncomingSsnResetRequest(IncomingReset) = INCOMING_SSN_RESET_REQUEST 14, "Incoming SSN Reset Request";
    /// Asks for all stream and transmission sequence numbers to begin anew (RFC
    /// 6525, section 4.3).
    SsnTsnResetRequest(TsnReset) = SSN_TSN_RESET_REQUEST 15, "SSN/TSN Reset Request";
    /// Answers one of the requests (RFC 6525, section 4.4).
    ReconfigurationResponse(ReconfigResponse) = RECONFIGURATION_RESPONSE 16, "Re-configuration Response";
    /// Asks for more streams from the sender (RFC 6525, section 4.5).
    AddOutgoingStreams(AddStreams) = ADD_OUTGOING_STREAMS 17, "Add Outgoing Streams Request";
    /// Asks for more streams from the receiver (RFC 6525, section 4.6).
    AddIncomingStreams(AddStreams) = ADD_INCOMING_STREAMS 18, "Add Incoming Streams Request";
    /// The sender understands congestion marks (RFC 4960, appendix A).
    EcnCapable(()) = ECN_CAPABLE 0x8000, "ECN Capable";
    /// The sender takes packets with a checksum of zero (RFC 9653, section 4).
    ZeroChecksumAcceptable(DetectionMethod) = ZERO_CHECKSUM_ACCEPTABLE 0x8001, "Zero Checksum Acceptable";
    /// Goes into the keys (RFC 4895, section 3.1).
    Random(Bytes) = RANDOM 0x8002, "Random";
    /// The chunks that must come authenticated (RFC 4895, section 3.2).
    ChunkList(Vec<ChunkType>) = CHUNK_LIST 0x8003, "Chunk List";
    /// How the sender can authenticate, best first (RFC 4895, section 3.3).
    RequestedHmacAlgorithms(Vec<HmacId>) = REQUESTED_HMAC_ALGORITHMS 0x8004, "Requested HMAC Algorithm";
    /// Makes an INIT chunk longer (RFC 4820, section 4).
    Padding(Bytes) = PADDING 0x8005, "Padding";
    /// The chunks of extensions that the sender understands (RFC 5061, section
    /// 4.2.7).
    SupportedExtensions(Vec<ChunkType>) = SUPPORTED_EXTENSIONS 0x8008, "Supported Extensions";
    /// The sender understands FORWARD TSN chunks (RFC 3758, section 3.1).
    ForwardTsnSupported(()) = FORWARD_TSN_SUPPORTED 0xC000, "Forward TSN Supported";
    /// Adds an address (RFC 5061, section 4.2.1).
    AddIpAddress(AddressChange) = ADD_IP_ADDRESS 0xC001, "Add IP Address";
    /// Deletes an address (RFC 5061, section 4.2.2).
    DeleteIpAddress(AddressChange) = DELETE_IP_ADDRESS 0xC002, "Delete IP Address";
    /// Says why a request was not granted (RFC 5061, section 4.2.3).
    ErrorCauseIndication(AsconfError) = ERROR_CAUSE_INDICATION 0xC003, "Error Cause Indication";
    /// Asks for packets to be sent to this address (RFC 5061, section 4.2.4).
    SetPrimaryAddress(AddressChange) = SET_PRIMARY_ADDRESS 0xC004, "Set Primary IP Address";
    /// Says that a request was granted (RFC 5061, section 4.2.5).
    SuccessIndication(AsconfSuccess) = SUCCESS_INDICATION 0xC005, "Success Indication";
    /// A number that the applications have agreed on (RFC 5061, section 4.2.6).
    AdaptationLayerIndication(u32) = ADAPTATION_LAYER_INDICATION 0xC006, "Adaptation Layer Indication";
}
