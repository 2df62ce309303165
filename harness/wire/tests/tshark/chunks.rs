//! Compares packets with tshark's dissection.

use sctp_wire::chunk::{Asconf, AsconfAck, Chunk, ChunkType, Error, ReConfig};
use sctp_wire::frame::Envelope;
use sctp_wire::{Checksum, Packet};
use trials::tshark::{Row, rows};

use crate::{capture, sample};

/// tshark's word for a good checksum.
const GOOD: &str = "1";

const FIELDS: &[&str] = &[
    "ip.src",
    "ip.dst",
    "ip.ttl",
    "ip.checksum.status",
    "ipv6.src",
    "ipv6.dst",
    "ipv6.hlim",
    "udp.srcport",
    "udp.dstport",
    "udp.checksum.status",
    "sctp.srcport",
    "sctp.dstport",
    "sctp.verification_tag",
    "sctp.checksum.status",
    "sctp.chunk_type",
    "sctp.init_initial_tsn",
    "sctp.initack_initial_tsn",
    "sctp.data_tsn_raw",
    "sctp.data_sid",
    "sctp.data_ssn",
    "sctp.data_mid",
    "sctp.data_payload_proto_id",
    "sctp.sack_cumulative_tsn_ack_raw",
    "sctp.sack_gap_block_start",
    "sctp.sack_gap_block_end",
    "sctp.sack_duplicate_tsn",
    "sctp.nr_sack_cumulative_tsn_ack",
    "sctp.nr_sack_gap_block_start",
    "sctp.nr_sack_gap_block_end",
    "sctp.nr_sack_nr_gap_block_start",
    "sctp.nr_sack_nr_gap_block_end",
    "sctp.nr_sack_duplicate_tsn",
    "sctp.shutdown_cumulative_tsn_ack",
    "sctp.ecne_lowest_tsn",
    "sctp.cwr_lowest_tsn",
    "sctp.forward_tsn_tsn",
    "sctp.i_forward_tsn_tsn",
    "sctp.parameter_type",
    "sctp.cause_code",
    "sctp.chunk_length.bad",
    "sctp.parameter_length.bad",
    "_ws.malformed",
];

pub(crate) fn over_ipv4() -> Result<(), String> {
    every_chunk(&capture::ipv4())
}

pub(crate) fn over_ipv6() -> Result<(), String> {
    every_chunk(&capture::ipv6())
}

pub(crate) fn over_udp_and_ipv4() -> Result<(), String> {
    every_chunk(&capture::udp(capture::ipv4()))
}

pub(crate) fn over_udp_and_ipv6() -> Result<(), String> {
    every_chunk(&capture::udp(capture::ipv6()))
}

fn every_chunk(envelope: &Envelope) -> Result<(), String> {
    let kinds = ChunkType::ALL
        .iter()
        .copied()
        .chain([ChunkType::Unknown(99)]);
    let packets: Vec<_> = kinds
        .map(|kind| capture::packet(vec![sample::chunk(kind)]))
        .collect();
    let rows = judge(envelope, &packets)?;
    expect_types(&rows, &packets)?;
    for (row, packet) in rows.iter().zip(&packets) {
        for (field, value) in fields_of(&packet.chunks[0]) {
            row.expect(field, &value)?;
        }
    }
    Ok(())
}

pub(crate) fn bundled() -> Result<(), String> {
    let kinds = [
        ChunkType::Auth,
        ChunkType::Sack,
        ChunkType::HeartbeatAck,
        ChunkType::Data,
        ChunkType::Data,
        ChunkType::Pad,
    ];
    let packets = [capture::packet(kinds.map(sample::chunk).to_vec())];
    let rows = judge(&capture::ipv4(), &packets)?;
    expect_types(&rows, &packets)
}

pub(crate) fn parameters() -> Result<(), String> {
    let mut packets = Vec::new();
    let mut expected = Vec::new();
    for (kind, parameters) in sample::parameters() {
        for parameter in parameters {
            expected.push(parameter.kind().0);
            let parameters = vec![parameter];
            packets.push(capture::packet(vec![match kind {
                ChunkType::Init => sample::init(parameters).into(),
                ChunkType::Asconf => Asconf {
                    sequence_number: 1,
                    address: [10, 0, 0, 1].into(),
                    parameters,
                }
                .into(),
                ChunkType::AsconfAck => AsconfAck {
                    sequence_number: 1,
                    parameters,
                }
                .into(),
                _ => ReConfig { parameters }.into(),
            }]));
        }
    }
    let rows = judge(&capture::ipv4(), &packets)?;
    expect_types(&rows, &packets)?;
    for (row, expected) in rows.iter().zip(expected) {
        let expected = format!("{expected:#06x}");
        let mut types = row.get("sctp.parameter_type").split(';');
        if !types.any(|found| found == expected) {
            row.expect("sctp.parameter_type", &expected)?;
        }
    }
    Ok(())
}

pub(crate) fn causes() -> Result<(), String> {
    let causes = sample::causes();
    let packets: Vec<_> = causes
        .iter()
        .map(|cause| {
            let causes = vec![cause.clone()];
            capture::packet(vec![Error { causes }.into()])
        })
        .collect();
    let rows = judge(&capture::ipv4(), &packets)?;
    for (row, cause) in rows.iter().zip(causes) {
        row.expect("sctp.cause_code", &format!("{:#06x}", cause.kind().0))?;
    }
    Ok(())
}

pub(crate) fn wrong_checksum() -> Result<(), String> {
    let mut packet = capture::packet(vec![sample::chunk(ChunkType::CookieAck)]);
    packet.checksum = Checksum::Wrong {
        found: 0x0bad_0bad,
        computed: 0,
    };
    let rows = rows(&capture::of(&capture::ipv4(), &[packet]), FIELDS)?;
    rows[0].expect("sctp.checksum.status", "0")
}

/// Compares the types of the chunks, in their order.
fn expect_types(rows: &[Row], packets: &[Packet]) -> Result<(), String> {
    for (row, packet) in rows.iter().zip(packets) {
        let types = packet
            .chunks
            .iter()
            .map(|it| it.kind().number().to_string());
        row.expect("sctp.chunk_type", &types.collect::<Vec<_>>().join(";"))?;
    }
    Ok(())
}

/// Dissects the packets with tshark, and compares the fields that every packet has.
fn judge(envelope: &Envelope, packets: &[Packet]) -> Result<Vec<Row>, String> {
    let rows = rows(&capture::of(envelope, packets), FIELDS)?;
    if rows.len() != packets.len() {
        return Err(format!("{} packets, not {}", rows.len(), packets.len()));
    }
    for row in &rows {
        row.expect("_ws.malformed", "")?;
        row.expect("sctp.chunk_length.bad", "")?;
        row.expect("sctp.parameter_length.bad", "")?;
        row.expect("sctp.checksum.status", GOOD)?;
        row.expect("sctp.srcport", &capture::SOURCE_PORT.to_string())?;
        row.expect("sctp.dstport", &capture::DESTINATION_PORT.to_string())?;
        row.expect("sctp.verification_tag", &capture::TAG.to_string())?;
        expect_envelope(row, envelope)?;
    }
    Ok(rows)
}

fn expect_envelope(row: &Row, envelope: &Envelope) -> Result<(), String> {
    let (source, destination, ttl) = match envelope.source.is_ipv4() {
        true => ("ip.src", "ip.dst", "ip.ttl"),
        false => ("ipv6.src", "ipv6.dst", "ipv6.hlim"),
    };
    row.expect(source, &envelope.source.to_string())?;
    row.expect(destination, &envelope.destination.to_string())?;
    row.expect(ttl, &envelope.ttl.to_string())?;
    if envelope.source.is_ipv4() {
        row.expect("ip.checksum.status", GOOD)?;
    }
    match envelope.udp {
        None => row.expect("udp.srcport", ""),
        Some(ports) => {
            row.expect("udp.srcport", &ports.source.to_string())?;
            row.expect("udp.dstport", &ports.destination.to_string())?;
            row.expect("udp.checksum.status", GOOD)
        }
    }
}

/// The numbers of the sample chunk, by tshark's field names.
fn fields_of(chunk: &Chunk) -> Vec<(&'static str, String)> {
    let tsn = |field, tsn: sctp_wire::Tsn| vec![(field, tsn.to_string())];
    match chunk {
        Chunk::Data(data) => vec![
            ("sctp.data_tsn_raw", data.tsn.to_string()),
            ("sctp.data_sid", format!("{:#06x}", data.stream.0)),
            ("sctp.data_ssn", data.ssn.to_string()),
            ("sctp.data_payload_proto_id", data.ppid.to_string()),
        ],
        Chunk::IData(data) => vec![
            ("sctp.data_tsn_raw", data.tsn.to_string()),
            ("sctp.data_sid", format!("{:#06x}", data.stream.0)),
            ("sctp.data_mid", data.mid.to_string()),
            ("sctp.data_payload_proto_id", "77".to_owned()),
        ],
        Chunk::Init(init) => tsn("sctp.init_initial_tsn", init.initial_tsn),
        Chunk::InitAck(init) => tsn("sctp.initack_initial_tsn", init.initial_tsn),
        Chunk::Sack(sack) => vec![
            (
                "sctp.sack_cumulative_tsn_ack_raw",
                sack.cumulative_tsn_ack.to_string(),
            ),
            ("sctp.sack_gap_block_start", "2".to_owned()),
            ("sctp.sack_gap_block_end", "3".to_owned()),
            ("sctp.sack_duplicate_tsn", sample::TSN.to_string()),
        ],
        Chunk::NrSack(sack) => vec![
            (
                "sctp.nr_sack_cumulative_tsn_ack",
                sack.cumulative_tsn_ack.to_string(),
            ),
            ("sctp.nr_sack_gap_block_start", "2".to_owned()),
            ("sctp.nr_sack_gap_block_end", "3".to_owned()),
            ("sctp.nr_sack_nr_gap_block_start", "5".to_owned()),
            ("sctp.nr_sack_nr_gap_block_end", "7".to_owned()),
            ("sctp.nr_sack_duplicate_tsn", sample::TSN.to_string()),
        ],
        Chunk::Shutdown(it) => tsn("sctp.shutdown_cumulative_tsn_ack", it.cumulative_tsn_ack),
        Chunk::Ecne(it) => tsn("sctp.ecne_lowest_tsn", it.lowest_tsn),
        Chunk::Cwr(it) => tsn("sctp.cwr_lowest_tsn", it.lowest_tsn),
        Chunk::ForwardTsn(it) => tsn("sctp.forward_tsn_tsn", it.new_cumulative_tsn),
        Chunk::IForwardTsn(it) => tsn("sctp.i_forward_tsn_tsn", it.new_cumulative_tsn),
        _ => vec![],
    }
}
