//! An ASCONF (RFC 5061) or RE-CONFIG (RFC 6525) request that one end sends the other in a
//! random scenario. Each transmission that nobody answers counts as an error.

use scenario::BoundKind;

use super::dice::Dice;
use super::network::Network;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    what: What,
    /// Whether the observer asks; else its peer.
    pub(crate) by_the_observer: bool,
    pub(crate) when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// This number of further outgoing streams.
    AddStreams(u64),
    /// An outgoing or incoming stream that carries nothing begins anew.
    ResetStream(&'static str),
    /// One more address on the link of this path.
    AddAddress(usize),
    /// The address of this path is deleted.
    DeleteAddress(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Before the fault, while the association is well.
    Early,
    BeforeTheFault,
    AfterTheFault,
}

/// The end that asks, and the end that is asked.
pub(crate) struct Asks {
    pub(crate) at: String,
    pub(crate) to: String,
    pub(crate) node: String,
    /// Whether the end that asks is the hub.
    pub(crate) is_hub: bool,
}

impl Request {
    /// The request of one scenario in four. There is none where the set-up fails, since
    /// nobody is there to ask.
    ///
    /// `may_add` says of the observer and of its peer whether the end may add an address. A
    /// one-to-one socket that was accepted may not: the listening socket has the port.
    pub(crate) fn draw(
        dice: &mut Dice,
        bound: BoundKind,
        network: &Network,
        may_add: [bool; 2],
    ) -> Option<Self> {
        if bound == BoundKind::Init || !dice.percent(25) {
            return None;
        }
        let by_the_observer = dice.percent(70);
        let may_add = may_add[usize::from(!by_the_observer)];
        // A path whose address the peer has deleted never fails.
        let may_delete = network.paths > 1
            && (by_the_observer || matches!(bound, BoundKind::Association | BoundKind::Shutdown));
        let what = match dice.number(0..=5) {
            0 | 1 => What::AddStreams(dice.number(1..=20)),
            2 => What::ResetStream(dice.one_of(&["outgoing", "incoming"])),
            3 if may_delete => What::DeleteAddress(1 + dice.index(network.paths - 1)),
            _ if may_add => What::AddAddress(dice.index(network.paths)),
            _ => What::AddStreams(1),
        };
        let when = dice.one_of(&[When::Early, When::BeforeTheFault, When::AfterTheFault]);
        Some(Self {
            what,
            by_the_observer,
            when,
        })
    }

    /// Whether the request is an ASCONF. The endpoints must then list their addresses.
    pub(crate) fn is_asconf(&self) -> bool {
        matches!(self.what, What::AddAddress(_) | What::DeleteAddress(_))
    }

    /// The sysctls that the hosts need.
    pub(crate) fn sysctls(&self) -> &'static [&'static str] {
        match self.is_asconf() {
            true => &["net.sctp.addip_enable: 1", "net.sctp.auth_enable: 1"],
            false => &["net.sctp.reconf_enable: 1"],
        }
    }

    pub(crate) fn steps(&self, asks: &Asks, network: &Network) -> Vec<String> {
        let Asks {
            at,
            to,
            node,
            is_hub,
        } = asks;
        let set = |option: String| {
            vec![format!(
                "set: {{at: {at}, to: {to}, options: {{{option}}}}}"
            )]
        };
        match self.what {
            What::AddStreams(count) => set(format!("add-streams: {{out: {count}}}")),
            What::ResetStream(direction) => set(format!(
                "reset-streams: {{direction: {direction}, streams: [9]}}"
            )),
            What::AddAddress(path) => {
                let (address, link) = (network.spare(path, *is_hub), Network::link(0, path));
                let prefix = network.prefix();
                vec![
                    format!(
                        "add-interface-address: {{node: {node}, link: {link}, address: \"{address}/{prefix}\"}}"
                    ),
                    format!("add-address: {{at: {at}, address: \"{address}\"}}"),
                ]
            }
            What::DeleteAddress(path) => {
                let address = network.address(0, path, *is_hub);
                vec![format!(
                    "delete-address: {{at: {at}, address: \"{address}\"}}"
                )]
            }
        }
    }
}
