//! Frames and IP packets: see the README.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::frame::{Frame, Transport, chunk_heads};

fuzz_target!(|data: &[u8]| {
    for frame in [Frame::decode(data), Frame::decode_ip(data)] {
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        match frame.transport {
            Transport::Other(other) => assert!(!other.to_string().is_empty()),
            Transport::Icmp(message) => {
                assert!(!message.to_string().is_empty());
                if let Some(quoted) = message.quoted() {
                    assert!(chunk_heads(quoted.sctp).count() <= quoted.sctp.len());
                }
            }
            _ => {}
        }
        let Some(sctp) = frame.sctp() else { continue };
        assert!(data.as_ptr_range().start <= sctp.as_ptr_range().start);
        assert!(sctp.as_ptr_range().end <= data.as_ptr_range().end);
        let Ok(rebuilt) = frame.envelope().encode_sctp(sctp) else {
            continue;
        };
        let again = match frame.link {
            Some(_) => Frame::decode(&rebuilt),
            None => Frame::decode_ip(&rebuilt),
        };
        let again = again.expect("what was encoded decodes");
        assert_eq!(again.sctp(), Some(sctp));
        assert_eq!(again.envelope(), frame.envelope());
    }
});
