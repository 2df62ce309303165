//! The fields of received ancillary items by their names in RFC 6458.

use crate::notification::{Fields, Value};
use crate::{Arrival, ExtRcvInfo, NxtInfo, RcvInfo, RecvFlags, SndRcvInfo};

impl Arrival {
    /// The fields of every item that came with the message, under their names in RFC 6458
    /// section 5.3. `rcvinfo`, `nxtinfo`, `sndrcv` and `extrcv` say whether each item was
    /// present.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        let mut add = |item, these: Option<Fields>| {
            let there = if these.is_some() { "present" } else { "absent" };
            fields.push((item, Value::Name(there)));
            fields.extend(these.unwrap_or_default());
        };
        add("rcvinfo", self.rcvinfo.as_ref().map(RcvInfo::fields));
        add("nxtinfo", self.nxtinfo.as_ref().map(NxtInfo::fields));
        add("sndrcv", self.sndrcvinfo.as_ref().map(SndRcvInfo::fields));
        add("extrcv", self.extrcvinfo.as_ref().map(ExtRcvInfo::fields));
        fields
    }
}

impl RcvInfo {
    /// The fields of the item. `rcv_ppid` is the number that [`Ppid`](crate::Ppid) has,
    /// whatever the byte order of the machine.
    pub fn fields(&self) -> Fields {
        vec![
            ("rcv_sid", self.sid.into()),
            ("rcv_ssn", self.ssn.into()),
            ("rcv_flags", unordered(self.flags)),
            ("rcv_ppid", self.ppid.0.into()),
            ("rcv_tsn", self.tsn.into()),
            ("rcv_cumtsn", self.cumtsn.into()),
            ("rcv_context", self.context.into()),
            ("rcv_assoc_id", self.assoc_id.into()),
        ]
    }
}

impl NxtInfo {
    /// The fields of the item.
    pub fn fields(&self) -> Fields {
        let flags = [
            (self.unordered, "SCTP_UNORDERED"),
            (self.complete, "SCTP_COMPLETE"),
            (self.notification, "SCTP_NOTIFICATION"),
        ];
        let set = flags.into_iter().filter(|(on, _)| *on);
        vec![
            ("nxt_sid", self.sid.into()),
            (
                "nxt_flags",
                Value::Flags(set.map(|(_, name)| name).collect()),
            ),
            ("nxt_ppid", self.ppid.0.into()),
            ("nxt_length", self.length.into()),
            ("nxt_assoc_id", self.assoc_id.into()),
        ]
    }
}

impl SndRcvInfo {
    /// The fields of the item, without the one that is for sending only.
    pub fn fields(&self) -> Fields {
        vec![
            ("sinfo_stream", self.stream.into()),
            ("sinfo_ssn", self.ssn.into()),
            (
                "sinfo_flags",
                unordered(RecvFlags::from_bits_retain(self.flags)),
            ),
            ("sinfo_ppid", self.ppid.0.into()),
            ("sinfo_context", self.context.into()),
            ("sinfo_tsn", self.tsn.into()),
            ("sinfo_cumtsn", self.cumtsn.into()),
            ("sinfo_assoc_id", self.assoc_id.into()),
        ]
    }
}

impl ExtRcvInfo {
    /// The fields of the item, with those of the next message if it has arrived.
    pub fn fields(&self) -> Fields {
        let mut fields: Fields = vec![
            ("sinfo_stream", self.stream.into()),
            ("sinfo_ssn", self.ssn.into()),
            ("sinfo_ppid", self.ppid.0.into()),
            ("sinfo_context", self.context.into()),
            ("sinfo_tsn", self.tsn.into()),
            ("sinfo_cumtsn", self.cumtsn.into()),
            ("sinfo_assoc_id", self.assoc_id.into()),
        ];
        if let Some(next) = &self.next {
            fields.extend([
                ("serinfo_next_stream", Value::from(next.sid)),
                ("serinfo_next_aid", next.assoc_id.into()),
                ("serinfo_next_length", next.length.into()),
                ("serinfo_next_ppid", next.ppid.0.into()),
            ]);
        }
        fields
    }
}

fn unordered(flags: RecvFlags) -> Value {
    let is = flags.contains(RecvFlags::UNORDERED);
    Value::Flags(if is {
        vec!["SCTP_UNORDERED"]
    } else {
        Vec::new()
    })
}
