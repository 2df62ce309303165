//! Generates any chunk.

use proptest::collection::vec;
use proptest::prelude::*;
use sctp_wire::chunk::{
    Abort, Asconf, AsconfAck, Auth, Chunk, ChunkType, CookieAck, CookieEcho, Cwr, Data, Ecne,
    Error, ForwardTsn, Fragment, GapAckBlock, Heartbeat, HeartbeatAck, IData, IForwardTsn, Init,
    InitAck, NrSack, Pad, ReConfig, Sack, Shutdown, ShutdownAck, ShutdownComplete, SkippedMessage,
    SkippedStream, Unknown,
};
use sctp_wire::parameter::HmacId;
use sctp_wire::{Fsn, Mid, Ppid, Ssn, StreamId, Tsn, VerificationTag};

use crate::any_cause::any_cause;
use crate::any_packet::{any_address, any_bytes};
use crate::any_parameter::any_parameter;

/// A chunk of the given type. The match has no wildcard, so a forgotten type does not
/// compile.
pub(crate) fn any_of(kind: ChunkType) -> BoxedStrategy<Chunk> {
    let tsn = || any::<u32>().prop_map(Tsn);
    let parameters = || vec(any_parameter(), 0..5);
    let causes = || vec(any_cause(), 0..4);
    match kind {
        ChunkType::Data => any_data().boxed(),
        ChunkType::Init => any_init().prop_map(Chunk::Init).boxed(),
        ChunkType::InitAck => any_init().prop_map(as_init_ack).boxed(),
        ChunkType::Sack => any_sack().prop_map(Chunk::Sack).boxed(),
        ChunkType::NrSack => any_nr_sack().boxed(),
        ChunkType::Heartbeat => any_bytes()
            .prop_map(|info| Heartbeat { info }.into())
            .boxed(),
        ChunkType::HeartbeatAck => any_bytes()
            .prop_map(|info| HeartbeatAck { info }.into())
            .boxed(),
        ChunkType::Abort => (any::<bool>(), causes())
            .prop_map(|(tag_reflected, causes)| {
                Abort {
                    tag_reflected,
                    causes,
                }
                .into()
            })
            .boxed(),
        ChunkType::Shutdown => tsn()
            .prop_map(|cumulative_tsn_ack| Shutdown { cumulative_tsn_ack }.into())
            .boxed(),
        ChunkType::ShutdownAck => Just(ShutdownAck.into()).boxed(),
        ChunkType::Error => causes().prop_map(|causes| Error { causes }.into()).boxed(),
        ChunkType::CookieEcho => any_bytes()
            .prop_map(|cookie| CookieEcho { cookie }.into())
            .boxed(),
        ChunkType::CookieAck => Just(CookieAck.into()).boxed(),
        ChunkType::Ecne => tsn()
            .prop_map(|lowest_tsn| Ecne { lowest_tsn }.into())
            .boxed(),
        ChunkType::Cwr => tsn()
            .prop_map(|lowest_tsn| Cwr { lowest_tsn }.into())
            .boxed(),
        ChunkType::ShutdownComplete => any::<bool>()
            .prop_map(|tag_reflected| ShutdownComplete { tag_reflected }.into())
            .boxed(),
        ChunkType::Auth => (any::<u16>(), any::<u16>(), any_bytes())
            .prop_map(|(shared_key_id, hmac_id, hmac)| {
                let hmac_id = HmacId(hmac_id);
                Auth {
                    shared_key_id,
                    hmac_id,
                    hmac,
                }
                .into()
            })
            .boxed(),
        ChunkType::IData => any_i_data().boxed(),
        ChunkType::AsconfAck => (any::<u32>(), parameters())
            .prop_map(|(sequence_number, parameters)| {
                AsconfAck {
                    sequence_number,
                    parameters,
                }
                .into()
            })
            .boxed(),
        ChunkType::ReConfig => parameters()
            .prop_map(|parameters| ReConfig { parameters }.into())
            .boxed(),
        ChunkType::Pad => any_bytes()
            .prop_map(|padding| Pad { padding }.into())
            .boxed(),
        ChunkType::ForwardTsn => (tsn(), vec(any_skipped_stream(), 0..4))
            .prop_map(|(new_cumulative_tsn, skipped)| {
                ForwardTsn {
                    new_cumulative_tsn,
                    skipped,
                }
                .into()
            })
            .boxed(),
        ChunkType::Asconf => (any::<u32>(), any_address(), parameters())
            .prop_map(|(sequence_number, address, parameters)| {
                Asconf {
                    sequence_number,
                    address,
                    parameters,
                }
                .into()
            })
            .boxed(),
        ChunkType::IForwardTsn => (tsn(), vec(any_skipped_message(), 0..4))
            .prop_map(|(new_cumulative_tsn, skipped)| {
                IForwardTsn {
                    new_cumulative_tsn,
                    skipped,
                }
                .into()
            })
            .boxed(),
        ChunkType::Unknown(number) => (any::<u8>(), any_bytes())
            .prop_map(move |(flags, value)| {
                Chunk::Unknown(Unknown {
                    number,
                    flags,
                    value,
                })
            })
            .boxed(),
    }
}

pub(crate) fn any_chunk() -> impl Strategy<Value = Chunk> {
    let known = proptest::sample::select(ChunkType::ALL);
    let unknown = any::<u8>().prop_map(ChunkType::from);
    prop_oneof![9 => known, 1 => unknown].prop_flat_map(any_of)
}

fn any_data() -> impl Strategy<Value = Chunk> {
    let numbers = any::<(u32, u16, u16, u32)>();
    (any::<[bool; 4]>(), numbers, any_bytes()).prop_map(|(flags, numbers, payload)| {
        let [immediate, unordered, beginning, ending] = flags;
        let (tsn, stream, ssn, ppid) = numbers;
        Chunk::Data(Data {
            immediate,
            unordered,
            beginning,
            ending,
            tsn: Tsn(tsn),
            stream: StreamId(stream),
            ssn: Ssn(ssn),
            ppid: Ppid(ppid),
            payload,
        })
    })
}

fn any_i_data() -> impl Strategy<Value = Chunk> {
    let fragment = prop_oneof![
        any::<u32>().prop_map(|ppid| Fragment::First { ppid: Ppid(ppid) }),
        any::<u32>().prop_map(|fsn| Fragment::Later { fsn: Fsn(fsn) }),
    ];
    let numbers = any::<(u32, u16, u32)>();
    (any::<[bool; 3]>(), numbers, fragment, any_bytes()).prop_map(
        |(flags, (tsn, stream, mid), fragment, payload)| {
            let [immediate, unordered, ending] = flags;
            Chunk::IData(IData {
                immediate,
                unordered,
                ending,
                tsn: Tsn(tsn),
                stream: StreamId(stream),
                mid: Mid(mid),
                fragment,
                payload,
            })
        },
    )
}

fn any_init() -> impl Strategy<Value = Init> {
    let numbers = any::<(u32, u32, u16, u16, u32)>();
    (numbers, vec(any_parameter(), 0..8)).prop_map(|(numbers, parameters)| {
        let (tag, a_rwnd, outbound_streams, inbound_streams, tsn) = numbers;
        Init {
            initiate_tag: VerificationTag(tag),
            a_rwnd,
            outbound_streams,
            inbound_streams,
            initial_tsn: Tsn(tsn),
            parameters,
        }
    })
}

fn as_init_ack(init: Init) -> Chunk {
    Chunk::InitAck(InitAck {
        initiate_tag: init.initiate_tag,
        a_rwnd: init.a_rwnd,
        outbound_streams: init.outbound_streams,
        inbound_streams: init.inbound_streams,
        initial_tsn: init.initial_tsn,
        parameters: init.parameters,
    })
}

fn any_gaps() -> impl Strategy<Value = Vec<GapAckBlock>> {
    let block = any::<(u16, u16)>().prop_map(|(start, end)| GapAckBlock { start, end });
    vec(block, 0..5)
}

fn any_nr_sack() -> impl Strategy<Value = Chunk> {
    (any_sack(), any_gaps()).prop_map(|(sack, nr_gap_ack_blocks)| {
        Chunk::NrSack(NrSack {
            cumulative_tsn_ack: sack.cumulative_tsn_ack,
            a_rwnd: sack.a_rwnd,
            gap_ack_blocks: sack.gap_ack_blocks,
            nr_gap_ack_blocks,
            duplicate_tsns: sack.duplicate_tsns,
        })
    })
}

fn any_sack() -> impl Strategy<Value = Sack> {
    let duplicate = any::<u32>().prop_map(Tsn);
    let numbers = any::<(u32, u32)>();
    (numbers, any_gaps(), vec(duplicate, 0..5)).prop_map(
        |((tsn, a_rwnd), gap_ack_blocks, duplicate_tsns)| Sack {
            cumulative_tsn_ack: Tsn(tsn),
            a_rwnd,
            gap_ack_blocks,
            duplicate_tsns,
        },
    )
}

fn any_skipped_stream() -> impl Strategy<Value = SkippedStream> {
    any::<(u16, u16)>().prop_map(|(stream, ssn)| SkippedStream {
        stream: StreamId(stream),
        ssn: Ssn(ssn),
    })
}

fn any_skipped_message() -> impl Strategy<Value = SkippedMessage> {
    any::<(u16, bool, u32)>().prop_map(|(stream, unordered, mid)| SkippedMessage {
        stream: StreamId(stream),
        unordered,
        mid: Mid(mid),
    })
}
