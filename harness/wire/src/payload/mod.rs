//! Protocols above SCTP: names of payload protocol identifiers, and names of messages by
//! their first bytes.
//!
//! ```
//! use sctp_wire::Ppid;
//! use sctp_wire::payload::{Part, look};
//!
//! let message = look(Ppid(60), &[0x00, 21, 0x00, 0x33]).ok_or("no NGAP")?;
//! assert_eq!(message.to_string(), "NGAP NGSetup");
//! assert_eq!(message.part, Part::Request);
//! # Ok::<(), &str>(())
//! ```

mod dcep;
mod diameter;
mod e1ap;
mod e2ap;
mod f1ap;
mod m2pa;
mod m3ua;
mod message;
mod ngap;
mod per;
mod ppid;
mod s1ap;
mod sigtran;
mod x2ap;
mod xnap;

pub use message::{Message, Part};

use crate::{Ppid, kebab};

/// The protocols whose messages have the form in [`per`]. The number is the identifier of
/// the information element with the terminal's number: TS 38.413 and TS 36.413,
/// `RAN-UE-NGAP-ID` and `eNB-UE-S1AP-ID`.
const PER: &[(&[u32], per::Protocol)] = &[
    (&[60], of_per("NGAP", ngap::PROCEDURES, Some(85))),
    (&[18], of_per("S1AP", s1ap::PROCEDURES, Some(8))),
    (&[27], of_per("X2AP", x2ap::PROCEDURES, None)),
    (&[61], of_per("XnAP", xnap::PROCEDURES, None)),
    (&[62], of_per("F1AP", f1ap::PROCEDURES, None)),
    (&[64], of_per("E1AP", e1ap::PROCEDURES, None)),
    (&[70, 71, 72], of_per("E2AP", e2ap::PROCEDURES, None)),
];

const fn of_per(
    name: &'static str,
    procedures: &'static [(u8, &'static str)],
    terminal: Option<u16>,
) -> per::Protocol {
    per::Protocol {
        name,
        procedures,
        terminal,
    }
}

/// The message that a payload begins, if its protocol is known here and the payload has
/// the protocol's form. The payload is that of the first fragment of a message. An
/// identifier in the wrong byte order counts as the identifier that was meant.
#[must_use]
pub fn look(ppid: Ppid, payload: &[u8]) -> Option<Message> {
    let Ppid(number) = ppid.turned_round().unwrap_or(ppid);
    match number {
        1 => sigtran::look("IUA", payload),
        2 => sigtran::look("M2UA", payload),
        3 => sigtran::look("M3UA", payload),
        4 => sigtran::look("SUA", payload),
        5 => sigtran::look("M2PA", payload),
        46 => diameter::look(payload),
        50 => dcep::look(payload),
        _ => {
            let protocol = PER.iter().find(|(numbers, _)| numbers.contains(&number));
            per::look(&protocol?.1, payload)
        }
    }
}

/// The names of all known procedures, messages and commands.
pub fn procedures() -> impl Iterator<Item = String> {
    let of_per = PER.iter().flat_map(|(_, protocol)| protocol.procedures);
    let of_per = of_per.map(|(_, name)| (*name).to_owned());
    let sigtran = sigtran::MESSAGES
        .iter()
        .map(|(_, _, name, _)| (*name).to_owned());
    let diameter = diameter::COMMANDS.iter();
    let diameter = diameter.flat_map(|(_, name)| [format!("{name}R"), format!("{name}A")]);
    let dcep = ["DATA_CHANNEL_OPEN", "DATA_CHANNEL_ACK"].map(ToOwned::to_owned);
    of_per.chain(sigtran).chain(diameter).chain(dcep)
}

/// The procedure that a text names, in lower case with dashes, if there is one. A
/// procedure that is known by its number only is named `procedure 99` or `command 999`.
pub(crate) fn procedure(text: &str) -> Option<String> {
    let word = kebab(text);
    let is_numbered = ["procedure-", "command-", "class-"]
        .iter()
        .any(|it| word.starts_with(it));
    (is_numbered || procedures().any(|it| kebab(&it) == word)).then_some(word)
}

#[cfg(test)]
mod tests;
