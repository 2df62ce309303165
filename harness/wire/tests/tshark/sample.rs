//! A sample of each chunk type, parameter and cause.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use sctp_wire::cause::{Cause, MissingParameters, NewAddresses, StaleCookie};
use sctp_wire::chunk::{
    Abort, Asconf, AsconfAck, Auth, Chunk, ChunkType, CookieAck, CookieEcho, Cwr, Data, Ecne,
    Error, ForwardTsn, Fragment, GapAckBlock, Heartbeat, HeartbeatAck, IData, IForwardTsn, Init,
    InitAck, NrSack, Pad, ReConfig, Sack, Shutdown, ShutdownAck, ShutdownComplete, SkippedMessage,
    SkippedStream, Unknown,
};
use sctp_wire::parameter::{
    AddStreams, AddressChange, AddressType, AsconfError, AsconfSuccess, CookiePreservative,
    DetectionMethod, HmacId, IncomingReset, OutgoingReset, Parameter, ParameterType,
    ReconfigResponse, ReconfigResult, TsnReset,
};
use sctp_wire::{Mid, Ppid, Ssn, StreamId, Tsn, VerificationTag};

/// The number in the sample of each chunk type that has a TSN.
pub(crate) const TSN: Tsn = Tsn(4_000_000_123);

pub(crate) fn chunk(kind: ChunkType) -> Chunk {
    let info = vec![1, 2, 3, 4, 5];
    match kind {
        ChunkType::Data => Chunk::Data(Data {
            immediate: true,
            unordered: false,
            beginning: true,
            ending: true,
            tsn: TSN,
            stream: StreamId(3),
            ssn: Ssn(4),
            ppid: Ppid(77),
            payload: "hello".into(),
        }),
        ChunkType::IData => Chunk::IData(IData {
            immediate: false,
            unordered: true,
            ending: true,
            tsn: TSN,
            stream: StreamId(3),
            mid: Mid(5),
            fragment: Fragment::First { ppid: Ppid(77) },
            payload: "hello".into(),
        }),
        ChunkType::Init => Chunk::Init(init(vec![])),
        ChunkType::InitAck => Chunk::InitAck(InitAck {
            initiate_tag: VerificationTag(0x0102_0304),
            a_rwnd: 65_536,
            outbound_streams: 10,
            inbound_streams: 20,
            initial_tsn: TSN,
            parameters: vec![Parameter::StateCookie(vec![7; 33].into())],
        }),
        ChunkType::Sack => Chunk::Sack(Sack {
            cumulative_tsn_ack: TSN,
            a_rwnd: 65_536,
            gap_ack_blocks: vec![GapAckBlock { start: 2, end: 3 }],
            duplicate_tsns: vec![TSN],
        }),
        ChunkType::NrSack => Chunk::NrSack(NrSack {
            cumulative_tsn_ack: TSN,
            a_rwnd: 65_536,
            gap_ack_blocks: vec![GapAckBlock { start: 2, end: 3 }],
            nr_gap_ack_blocks: vec![GapAckBlock { start: 5, end: 7 }],
            duplicate_tsns: vec![TSN],
        }),
        ChunkType::Heartbeat => Chunk::Heartbeat(Heartbeat { info: info.into() }),
        ChunkType::HeartbeatAck => Chunk::HeartbeatAck(HeartbeatAck { info: info.into() }),
        ChunkType::Abort => Chunk::Abort(Abort {
            tag_reflected: true,
            causes: vec![Cause::UserInitiatedAbort("enough".into())],
        }),
        ChunkType::Shutdown => Chunk::Shutdown(Shutdown {
            cumulative_tsn_ack: TSN,
        }),
        ChunkType::ShutdownAck => ShutdownAck.into(),
        ChunkType::Error => Chunk::Error(Error {
            causes: vec![Cause::OutOfResource(())],
        }),
        ChunkType::CookieEcho => Chunk::CookieEcho(CookieEcho {
            cookie: info.into(),
        }),
        ChunkType::CookieAck => CookieAck.into(),
        ChunkType::Ecne => Chunk::Ecne(Ecne { lowest_tsn: TSN }),
        ChunkType::Cwr => Chunk::Cwr(Cwr { lowest_tsn: TSN }),
        ChunkType::ShutdownComplete => Chunk::ShutdownComplete(ShutdownComplete {
            tag_reflected: false,
        }),
        ChunkType::Auth => Chunk::Auth(Auth {
            shared_key_id: 1,
            hmac_id: HmacId::SHA1,
            hmac: vec![9; 20].into(),
        }),
        ChunkType::Asconf => Chunk::Asconf(Asconf {
            sequence_number: 8,
            address: IpAddr::from([10, 0, 0, 1]),
            parameters: vec![Parameter::AddIpAddress(change())],
        }),
        ChunkType::AsconfAck => Chunk::AsconfAck(AsconfAck {
            sequence_number: 8,
            parameters: vec![],
        }),
        ChunkType::ReConfig => Chunk::ReConfig(ReConfig {
            parameters: vec![Parameter::SsnTsnResetRequest(TsnReset { request: 6 })],
        }),
        ChunkType::Pad => Chunk::Pad(Pad {
            padding: vec![0; 9].into(),
        }),
        ChunkType::ForwardTsn => Chunk::ForwardTsn(ForwardTsn {
            new_cumulative_tsn: TSN,
            skipped: vec![SkippedStream {
                stream: StreamId(3),
                ssn: Ssn(4),
            }],
        }),
        ChunkType::IForwardTsn => Chunk::IForwardTsn(IForwardTsn {
            new_cumulative_tsn: TSN,
            skipped: vec![SkippedMessage {
                stream: StreamId(3),
                unordered: true,
                mid: Mid(5),
            }],
        }),
        ChunkType::Unknown(number) => Chunk::Unknown(Unknown {
            number,
            flags: 0,
            value: info.into(),
        }),
    }
}

pub(crate) fn init(parameters: Vec<Parameter>) -> Init {
    Init {
        initiate_tag: VerificationTag(0x0102_0304),
        a_rwnd: 65_536,
        outbound_streams: 10,
        inbound_streams: 20,
        initial_tsn: TSN,
        parameters,
    }
}

fn change() -> AddressChange {
    AddressChange {
        correlation_id: 1,
        address: IpAddr::from(Ipv6Addr::LOCALHOST),
    }
}

/// Every parameter, by the chunk that may have it.
pub(crate) fn parameters() -> Vec<(ChunkType, Vec<Parameter>)> {
    let some = || bytes::Bytes::from_static(&[0; 5]);
    let add = AddStreams {
        request: 1,
        count: 2,
    };
    let in_init = vec![
        Parameter::Ipv4Address(Ipv4Addr::LOCALHOST),
        Parameter::Ipv6Address(Ipv6Addr::LOCALHOST),
        Parameter::StateCookie(some()),
        // A complete parameter of type 0xC999.
        Parameter::UnrecognizedParameter(vec![0xc9, 0x99, 0, 4].into()),
        Parameter::CookiePreservative(CookiePreservative { increment_ms: 100 }),
        Parameter::HostNameAddress("host\0".into()),
        Parameter::SupportedAddressTypes(vec![AddressType::IPV4]),
        Parameter::EcnCapable(()),
        Parameter::ZeroChecksumAcceptable(DetectionMethod::DTLS),
        Parameter::Random(some()),
        Parameter::ChunkList(vec![ChunkType::Asconf, ChunkType::AsconfAck]),
        Parameter::RequestedHmacAlgorithms(vec![HmacId::SHA256]),
        Parameter::Padding(some()),
        Parameter::SupportedExtensions(vec![ChunkType::ReConfig]),
        Parameter::ForwardTsnSupported(()),
        Parameter::AdaptationLayerIndication(5),
        Parameter::Unknown {
            number: 0xc999,
            value: some(),
        },
    ];
    let in_asconf = vec![
        Parameter::AddIpAddress(change()),
        Parameter::DeleteIpAddress(change()),
        Parameter::SetPrimaryAddress(change()),
    ];
    let in_asconf_ack = vec![
        Parameter::SuccessIndication(AsconfSuccess { correlation_id: 1 }),
        Parameter::ErrorCauseIndication(AsconfError {
            correlation_id: 2,
            causes: vec![Cause::OutOfResource(())],
        }),
    ];
    let in_re_config = vec![
        Parameter::OutgoingSsnResetRequest(OutgoingReset {
            request: 1,
            response: 2,
            last_tsn: TSN,
            streams: vec![StreamId(3)],
        }),
        Parameter::IncomingSsnResetRequest(IncomingReset {
            request: 1,
            streams: vec![StreamId(3)],
        }),
        Parameter::SsnTsnResetRequest(TsnReset { request: 1 }),
        Parameter::ReconfigurationResponse(ReconfigResponse {
            response: 1,
            result: ReconfigResult::PERFORMED,
            next_tsns: Some((TSN, TSN)),
        }),
        Parameter::AddOutgoingStreams(add),
        Parameter::AddIncomingStreams(add),
    ];
    vec![
        (ChunkType::Init, in_init),
        (ChunkType::Asconf, in_asconf),
        (ChunkType::AsconfAck, in_asconf_ack),
        (ChunkType::ReConfig, in_re_config),
    ]
}

/// Every cause.
pub(crate) fn causes() -> Vec<Cause> {
    let some = || bytes::Bytes::from_static(&[0; 5]);
    // A complete request to delete 10.0.0.1.
    let request =
        || bytes::Bytes::from_static(&[0xc0, 2, 0, 16, 0, 0, 0, 1, 0, 5, 0, 8, 10, 0, 0, 1]);
    vec![
        Cause::InvalidStreamIdentifier(StreamId(3)),
        Cause::MissingMandatoryParameter(MissingParameters(vec![ParameterType::STATE_COOKIE])),
        Cause::StaleCookie(StaleCookie { staleness_us: 10 }),
        Cause::OutOfResource(()),
        Cause::UnresolvableAddress(vec![0, 11, 0, 6, b'h', 0].into()),
        Cause::UnrecognizedChunkType(vec![99, 0, 0, 4].into()),
        Cause::InvalidMandatoryParameter(()),
        Cause::UnrecognizedParameters(vec![0xc9, 0x99, 0, 4].into()),
        Cause::NoUserData(TSN),
        Cause::CookieReceivedWhileShuttingDown(()),
        Cause::RestartWithNewAddresses(NewAddresses(vec![Ipv4Addr::LOCALHOST.into()])),
        Cause::UserInitiatedAbort(some()),
        Cause::ProtocolViolation(some()),
        Cause::DeleteLastAddress(request()),
        Cause::ResourceShortage(request()),
        Cause::DeleteSourceAddress(request()),
        Cause::IllegalAsconfAck(some()),
        Cause::NoAuthorization(request()),
        Cause::UnsupportedHmacIdentifier(HmacId::SHA256),
    ]
}
