//! Parameters, the optional and variable-length parts of chunks (RFC 9260, section
//! 3.2.1).

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
    /// The state cookie, which the receiver returns in its COOKIE ECHO (RFC 9260, section
    /// 3.3.3.1.1).
    StateCookie(Bytes) = STATE_COOKIE 7, "State Cookie";
    /// A complete parameter that the sender did not recognise (RFC 9260, section
    /// 3.3.3.1.2).
    UnrecognizedParameter(Bytes) = UNRECOGNIZED_PARAMETER 8, "Unrecognized Parameter";
    /// Suggests a longer lifetime of the cookie (RFC 9260, section 3.3.2.1.3).
    CookiePreservative(CookiePreservative) = COOKIE_PRESERVATIVE 9, "Cookie Preservative";
    /// Deprecated: the sender's host name, with its terminating zero (RFC 9260, section
    /// 3.3.2.1.4).
    HostNameAddress(Bytes) = HOST_NAME_ADDRESS 11, "Host Name Address";
    /// The address types that the sender supports (RFC 9260, section 3.3.2.1.5).
    SupportedAddressTypes(Vec<AddressType>) = SUPPORTED_ADDRESS_TYPES 12, "Supported Address Types";
    /// Asks to reset the SSNs of the sender's outgoing streams (RFC 6525, section 4.1).
    OutgoingSsnResetRequest(OutgoingReset) = OUTGOING_SSN_RESET_REQUEST 13, "Outgoing SSN Reset Request";
    /// Asks to reset the SSNs of the receiver's outgoing streams (RFC 6525, section 4.2).
    IncomingSsnResetRequest(IncomingReset) = INCOMING_SSN_RESET_REQUEST 14, "Incoming SSN Reset Request";
    /// Asks to reset all SSNs and TSNs (RFC 6525, section 4.3).
    SsnTsnResetRequest(TsnReset) = SSN_TSN_RESET_REQUEST 15, "SSN/TSN Reset Request";
    /// Answers a re-configuration request (RFC 6525, section 4.4).
    ReconfigurationResponse(ReconfigResponse) = RECONFIGURATION_RESPONSE 16, "Re-configuration Response";
    /// Asks for more outgoing streams of the sender (RFC 6525, section 4.5).
    AddOutgoingStreams(AddStreams) = ADD_OUTGOING_STREAMS 17, "Add Outgoing Streams Request";
    /// Asks for more outgoing streams of the receiver (RFC 6525, section 4.6).
    AddIncomingStreams(AddStreams) = ADD_INCOMING_STREAMS 18, "Add Incoming Streams Request";
    /// The sender supports ECN (RFC 4960, appendix A).
    EcnCapable(()) = ECN_CAPABLE 0x8000, "ECN Capable";
    /// The sender accepts packets with a checksum of zero (RFC 9653, section 4).
    ZeroChecksumAcceptable(DetectionMethod) = ZERO_CHECKSUM_ACCEPTABLE 0x8001, "Zero Checksum Acceptable";
    /// Random number that the keys are derived from (RFC 4895, section 3.1).
    Random(Bytes) = RANDOM 0x8002, "Random";
    /// The chunk types that the peer must authenticate (RFC 4895, section 3.2).
    ChunkList(Vec<ChunkType>) = CHUNK_LIST 0x8003, "Chunk List";
    /// The HMAC algorithms that the sender supports, in the order of preference (RFC
    /// 4895, section 3.3).
    RequestedHmacAlgorithms(Vec<HmacId>) = REQUESTED_HMAC_ALGORITHMS 0x8004, "Requested HMAC Algorithm";
    /// Makes an INIT chunk longer (RFC 4820, section 4).
    Padding(Bytes) = PADDING 0x8005, "Padding";
    /// The chunk types of extensions that the sender supports (RFC 5061, section 4.2.7).
    SupportedExtensions(Vec<ChunkType>) = SUPPORTED_EXTENSIONS 0x8008, "Supported Extensions";
    /// The sender supports FORWARD TSN chunks (RFC 3758, section 3.1).
    ForwardTsnSupported(()) = FORWARD_TSN_SUPPORTED 0xC000, "Forward TSN Supported";
    /// Adds an address (RFC 5061, section 4.2.1).
    AddIpAddress(AddressChange) = ADD_IP_ADDRESS 0xC001, "Add IP Address";
    /// Deletes an address (RFC 5061, section 4.2.2).
    DeleteIpAddress(AddressChange) = DELETE_IP_ADDRESS 0xC002, "Delete IP Address";
    /// The reason why a request was refused (RFC 5061, section 4.2.3).
    ErrorCauseIndication(AsconfError) = ERROR_CAUSE_INDICATION 0xC003, "Error Cause Indication";
    /// Asks the receiver to use this address as primary (RFC 5061, section 4.2.4).
    SetPrimaryAddress(AddressChange) = SET_PRIMARY_ADDRESS 0xC004, "Set Primary IP Address";
    /// A request was granted (RFC 5061, section 4.2.5).
    SuccessIndication(AsconfSuccess) = SUCCESS_INDICATION 0xC005, "Success Indication";
    /// A number whose meaning the applications have agreed on (RFC 5061, section 4.2.6).
    AdaptationLayerIndication(u32) = ADAPTATION_LAYER_INDICATION 0xC006, "Adaptation Layer Indication";
}
