//! Tests of the messages of protocols above SCTP.

use super::*;
use crate::chunk::Data;
use crate::field::FieldTest;
use crate::{Chunk, ChunkType, Ssn, StreamId, Tsn};

#[track_caller]
fn assert_told(ppid: u32, payload: &[u8], told: &str) {
    let message = look(Ppid(ppid), payload).map(|it| it.to_string());
    assert_eq!(message.as_deref(), Some(told));
}

#[test]
fn a_procedure_is_told_from_its_first_bytes() {
    assert_told(60, &[0x00, 21, 0x00, 0x33], "NGAP NGSetup");
    assert_told(60, &[0x20, 21, 0x00, 0x33], "NGAP NGSetup response");
    assert_told(60, &[0x40, 21, 0x00, 0x33], "NGAP NGSetup failure");
    assert_told(18, &[0x00, 12, 0x40, 0x33], "S1AP initialUEMessage");
    assert_told(27, &[0x20, 6, 0x00, 0], "X2AP x2Setup response");
    assert_told(61, &[0x00, 17, 0x00, 0], "XnAP xnSetup");
    assert_told(62, &[0x00, 1, 0x00, 0], "F1AP F1Setup");
    assert_told(64, &[0x00, 3, 0x00, 0], "E1AP gNB-CU-UP-E1Setup");
    assert_told(70, &[0x00, 1, 0x00, 0], "E2AP E2setup");
    assert_told(60, &[0x00, 250, 0x00, 0], "NGAP procedure 250");
}

#[test]
fn what_does_not_begin_so_is_no_message() {
    assert_eq!(look(Ppid(60), &[0x60, 21, 0x00, 0]), None);
    assert_eq!(look(Ppid(60), &[0x00, 21, 0x01, 0]), None, "no criticality");
    assert_eq!(look(Ppid(60), &[0x00, 21]), None);
    assert_eq!(
        look(Ppid(3), &[2, 0, 3, 1, 0, 0, 0, 8]),
        None,
        "a version 2"
    );
    assert_eq!(look(Ppid(3), &[1, 0, 3, 1]), None);
    assert_eq!(look(Ppid(46), &[1; 19]), None);
    assert_eq!(look(Ppid(50), &[9]), None);
    assert_eq!(look(Ppid(0), &[0x00, 21, 0x00, 0]), None);
}

#[test]
fn signalling_of_telephone_networks_has_one_header() {
    assert_told(3, &[1, 0, 3, 1, 0, 0, 0, 8], "M3UA ASPUP");
    assert_told(3, &[1, 0, 4, 3, 0, 0, 0, 8], "M3UA ASPAC ACK");
    assert_told(2, &[1, 0, 6, 1, 0, 0, 0, 8], "M2UA Data");
    assert_told(4, &[1, 0, 7, 1, 0, 0, 0, 8], "SUA CLDT");
    assert_told(1, &[1, 0, 5, 5, 0, 0, 0, 8], "IUA Establish Request");
    assert_told(3, &[1, 0, 77, 5, 0, 0, 0, 8], "M3UA class 77 type 5");
    let ready = [1, 0, 11, 2, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4];
    assert_told(5, &ready, "M2PA Link Status Ready");
}

#[test]
fn point_codes_and_the_user_of_m3ua_data_are_told() {
    // A routing context precedes the protocol data.
    let context = [0, 6, 0, 8, 0, 0, 0, 9];
    let label = [0, 0, 0, 1, 0, 0, 0x10, 2, 3, 2, 0, 7];
    let data = [
        &[1, 0, 1, 1, 0, 0, 0, 36][..],
        &context,
        &[0x02, 0x10, 0, 20],
        &label,
        &[9, 9, 9, 9],
    ];
    assert_told(3, &data.concat(), "M3UA DATA 1→4098 SCCP");
    assert_told(3, &data[..3].concat(), "M3UA DATA");
}

#[test]
fn diameter_answers_have_the_numbers_of_their_requests() {
    let mut request = [0; 20];
    request[..8].copy_from_slice(&[1, 0, 0, 20, 0x80, 0, 1, 24]);
    request[15] = 7;
    assert_told(46, &request, "Diameter DWR");
    let mut answer = request;
    answer[4] = 0;
    assert_told(46, &answer, "Diameter DWA");
    let exchange = |payload: &[u8]| look(Ppid(46), payload).map(|it| it.exchange);
    assert_eq!(exchange(&request), exchange(&answer));
    answer[15] = 8;
    assert_ne!(exchange(&request), exchange(&answer));
    answer[4] = 0x20;
    assert_told(46, &answer, "Diameter DWA error");
}

#[test]
fn the_channel_that_is_opened_is_named() {
    let open = [&[3, 0, 1, 0, 0, 0, 0, 0, 0, 4, 0, 0][..], b"chat"].concat();
    assert_told(50, &open, "DCEP DATA_CHANNEL_OPEN \"chat\"");
    assert_told(50, &[2], "DCEP DATA_CHANNEL_ACK");
}

#[test]
fn an_identifier_with_its_bytes_turned_round_is_what_it_was_meant_to_be() {
    assert_told(60 << 24, &[0x00, 21, 0x00, 0x33], "NGAP NGSetup");
}

#[test]
fn an_exchange_is_of_one_terminal() {
    // An InitialContextSetup with the numbers of the AMF (10) and of the base station
    // (85) for the terminal.
    let message = |kind: u8, terminal: u8| {
        let elements = [0, 10, 0, 2, 0, 1, 0, 85, 0, 2, 0, terminal];
        let head = [kind, 14, 0, 15, 0, 0, 2];
        let message = [&head[..], &elements].concat();
        look(Ppid(60), &message).map(|it| it.exchange)
    };
    assert_eq!(message(0x00, 1), message(0x20, 1));
    assert_ne!(message(0x00, 1), message(0x20, 2));
}

#[test]
fn procedures_are_found_in_any_writing() {
    assert_eq!(procedure("NGSetup").as_deref(), Some("ngsetup"));
    assert_eq!(procedure("user data").as_deref(), Some("user-data"));
    assert_eq!(procedure("DWR").as_deref(), Some("dwr"));
    assert_eq!(procedure("procedure 250").as_deref(), Some("procedure-250"));
    assert_eq!(procedure("NGSetUpp"), None);
}

#[test]
fn chunks_are_chosen_by_protocol_procedure_and_part() {
    let data = |kind: u8| {
        Chunk::from(Data {
            immediate: false,
            unordered: false,
            beginning: true,
            ending: true,
            tsn: Tsn(1),
            stream: StreamId(0),
            ssn: Ssn(0),
            ppid: Ppid(60),
            payload: vec![kind, 21, 0, 0].into(),
        })
    };
    let holds = |name: &str, value: &str, chunk: &Chunk| {
        let field = ChunkType::Data.field(name)?;
        Some(FieldTest::member(field, value)?.matches(chunk))
    };
    let (request, answer) = (data(0x00), data(0x20));
    assert_eq!(holds("ppid", "NGAP", &request), Some(true));
    assert_eq!(holds("ppid", "60", &request), Some(true));
    assert_eq!(holds("ppid", "S1AP", &request), Some(false));
    assert_eq!(holds("procedure", "NGSetup", &request), Some(true));
    assert_eq!(holds("procedure", "Paging", &request), Some(false));
    assert_eq!(holds("procedure", "Pagingg", &request), None);
    assert_eq!(holds("part", "request", &request), Some(true));
    assert_eq!(holds("part", "request", &answer), Some(false));
    assert_eq!(holds("part", "answer", &answer), Some(true));
}
