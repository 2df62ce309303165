//! Error causes: why an ABORT or ERROR chunk was sent (RFC 9260, section
//! 3.3.10).

mod cookie;
mod missing;
mod number;
mod restart;

pub use cookie::StaleCookie;
pub use missing::MissingParameters;
pub use restart::NewAddresses;

use bytes::Bytes;

use crate::parameter::HmacId;
use crate::tlv::tlv_table;
use crate::{StreamId, Tsn};

tlv_table! {
    /// An error cause of an ABORT or ERROR chunk, or of an Error Cause
    /// Indication parameter.
    Cause,
    /// The code of an error cause.
    CauseCode, "unknown cause";

    /// DATA was sent on a stream that does not exist (RFC 9260, section 3.3.10.1).
    InvalidStreamIdentifier(StreamId) = INVALID_STREAM_IDENTIFIER 1, "Invalid Stream Identifier";
    /// An INIT or INIT ACK chunk lacks parameters (RFC 9260, section 3.3.10.2).
    MissingMandatoryParameter(MissingParameters) = MISSING_MANDATORY_PARAMETER 2, "Missing Mandatory Parameter";
    /// The cookie was echoed after its lifetime (RFC 9260, section 3.3.10.3).
    StaleCookie(StaleCookie) = STALE_COOKIE 3, "Stale Cookie";
    /// The sender is out of resources (RFC 9260, section 3.3.10.4).
    OutOfResource(()) = OUT_OF_RESOURCE 4, "Out of Resource";
    /// A complete address parameter that the sender cannot resolve (RFC 9260, section
    /// 3.3.10.5).
    UnresolvableAddress(Bytes) = UNRESOLVABLE_ADDRESS 5, "Unresolvable Address";
    /// A complete chunk of a type that the sender does not recognise (RFC 9260, section
    /// 3.3.10.6).
    UnrecognizedChunkType(Bytes) = UNRECOGNIZED_CHUNK_TYPE 6, "Unrecognized Chunk Type";
    /// A parameter of an INIT or INIT ACK chunk has an invalid value (RFC 9260,
    /// section 3.3.10.7).
    InvalidMandatoryParameter(()) = INVALID_MANDATORY_PARAMETER 7, "Invalid Mandatory Parameter";
    /// Complete parameters that the sender does not recognise (RFC 9260, section
    /// 3.3.10.8).
    UnrecognizedParameters(Bytes) = UNRECOGNIZED_PARAMETERS 8, "Unrecognized Parameters";
    /// The TSN of a DATA chunk without user data (RFC 9260, section 3.3.10.9).
    NoUserData(Tsn) = NO_USER_DATA 9, "No User Data";
    /// A COOKIE ECHO chunk was received during the shutdown (RFC 9260, section
    /// 3.3.10.10).
    CookieReceivedWhileShuttingDown(()) = COOKIE_RECEIVED_WHILE_SHUTTING_DOWN 10, "Cookie Received While Shutting Down";
    /// A restart added new addresses (RFC 9260, section 3.3.10.11).
    RestartWithNewAddresses(NewAddresses) = RESTART_WITH_NEW_ADDRESSES 11, "Restart of an Association with New Addresses";
    /// The application aborted the association; the bytes are its reason (RFC 9260,
    /// section 3.3.10.12).
    UserInitiatedAbort(Bytes) = USER_INITIATED_ABORT 12, "User-Initiated Abort";
    /// The peer violated the protocol; the bytes are additional information of the
    /// sender's choice (RFC 9260, section 3.3.10.13).
    ProtocolViolation(Bytes) = PROTOCOL_VIOLATION 13, "Protocol Violation";
    /// A complete request to delete the last address (RFC 5061, section 4.3.1).
    DeleteLastAddress(Bytes) = DELETE_LAST_ADDRESS 0x00A0, "Request to Delete Last Remaining IP Address";
    /// A complete request for which the resources do not suffice (RFC 5061, section
    /// 4.3.2).
    ResourceShortage(Bytes) = RESOURCE_SHORTAGE 0x00A1, "Operation Refused Due to Resource Shortage";
    /// A complete request to delete the packet's source address (RFC 5061, section
    /// 4.3.3).
    DeleteSourceAddress(Bytes) = DELETE_SOURCE_ADDRESS 0x00A2, "Request to Delete Source IP Address";
    /// An ASCONF-ACK chunk that answers no request (RFC 5061, section 4.3.4).
    IllegalAsconfAck(Bytes) = ILLEGAL_ASCONF_ACK 0x00A3, "Association Aborted Due to Illegal ASCONF-ACK";
    /// A complete request that is not allowed (RFC 5061, section 4.3.5).
    NoAuthorization(Bytes) = NO_AUTHORIZATION 0x00A4, "Request Refused - No Authorization";
    /// An HMAC identifier that the sender does not support (RFC 4895, section 4.1).
    UnsupportedHmacIdentifier(HmacId) = UNSUPPORTED_HMAC_IDENTIFIER 0x0105, "Unsupported HMAC Identifier";
}
