//! A built network.

use std::sync::{Arc, Mutex, MutexGuard};

use rules::Rule;
use tokio::task::AbortHandle;

use crate::activity::Activity;
use crate::alarm;
use crate::error::NetError;
use crate::fabric::{self, Fabric};
use crate::follower::Follower;
use crate::hosted::HostedNode;
use crate::layout::{Layout, Port, PortId, Unsent};
use crate::plan::{Direction, Plan};
use crate::platform::{self, Built, Node, Wiring};
use crate::rulebook::{RuleCount, RuleId};
use crate::seen::{FrameRecord, IncompleteRecord, Loss};

/// A network that is up and is being recorded.
///
/// Dropping it takes the network down; a namespace stays only as long as a socket that
/// was made in it.
#[derive(Debug)]
pub struct Network {
    pub(super) layout: Arc<Layout>,
    nodes: Vec<Node>,
    wiring: Wiring,
    fabric: Arc<Mutex<Fabric>>,
    forwarding: Vec<AbortHandle>,
}

impl Network {
    /// Builds a network, and starts forwarding and recording its frames.
    ///
    /// When this returns, every link has a carrier and every address is in use.
    ///
    /// # Errors
    /// [`NetError::Plan`] before anything is made; [`NetError::NoNamespace`] where this
    /// process lacks the [privilege](crate::privilege); [`NetError::NoShaping`] if a link
    /// has a shape and the kernel has no netem; [`NetError::Kernel`] for any other
    /// refusal. A failed build leaves nothing behind.
    ///
    /// # Panics
    /// Outside a tokio runtime with I/O enabled. The runtime must live as long as the
    /// network.
    pub async fn build(plan: Plan) -> Result<Self, NetError> {
        let layout = Arc::new(Layout::of(plan)?);
        let Built {
            nodes,
            wiring,
            cables,
        } = platform::build(&layout).await?;
        let fabric = Fabric::new(Arc::clone(&layout), cables)?;
        let fabric = Arc::new(Mutex::new(fabric));
        let forwarding =
            fabric::run(&fabric).map_err(NetError::kernel("watch the fabric for frames"))?;
        Ok(Self {
            layout,
            nodes,
            wiring,
            fabric,
            forwarding,
        })
    }

    /// The node with this name.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`].
    pub fn node(&self, name: &str) -> Result<&Node, NetError> {
        self.node_number(name).map(|node| &self.nodes[node])
    }

    /// Reports every frame that this node sends or receives from now on, as soon as it
    /// passes the node's interface.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`].
    pub fn activity(&self, node: &str) -> Result<Arc<Activity>, NetError> {
        Ok(self.fabric().activity_of(self.node_number(node)?))
    }

    /// Lets the lab receive and send for a node that was planned as
    /// [hosted](crate::NodePlan::hosted). Frames that arrive there from now on are
    /// returned, and sent frames pass through the network like all others.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`]; [`NetError::Kernel`], on FreeBSD always, where hosted
    /// nodes are not supported yet.
    pub fn host(&self, node: &str) -> Result<HostedNode, NetError> {
        let number = self.node_number(node)?;
        HostedNode::new(Arc::clone(&self.layout), number, &self.nodes[number])
    }

    /// Cuts a link in the middle: its frames are lost, and both ends keep their carrier.
    /// Cutting a cut link changes nothing. Frames that were sent before still arrive.
    ///
    /// # Errors
    /// [`NetError::UnknownLink`], [`NetError::UnknownNode`],
    /// [`NetError::NotAnEnd`].
    pub fn cut(&self, link: &str, direction: Direction) -> Result<(), NetError> {
        let name = match &direction {
            Direction::Both => format!("cut {link}"),
            Direction::From(node) => format!("cut {link} from {node}"),
        };
        let senders = self.senders(link, &direction)?;
        let mut fabric = self.settled();
        let Fabric { cuts, rules, .. } = &mut *fabric;
        senders
            .into_iter()
            .try_for_each(|sender| cuts.raise(sender, &name, rules, &self.layout))
    }

    /// Repairs a [`cut`](Self::cut) link, in both directions or in one.
    ///
    /// # Errors
    /// As [`cut`](Self::cut).
    pub fn restore(&self, link: &str, direction: Direction) -> Result<(), NetError> {
        let senders = self.senders(link, &direction)?;
        let mut fabric = self.settled();
        let Fabric { cuts, rules, .. } = &mut *fabric;
        for sender in senders {
            cuts.lift(sender, rules);
        }
        Ok(())
    }

    /// Takes the carrier from a link's end at `node`, as when its plug is pulled: the
    /// node's kernel sees it. The other end keeps its carrier; the rule `link LINK is
    /// down at NODE` drops its frames.
    ///
    /// # Errors
    /// As [`cut`](Self::cut), and [`NetError::Kernel`].
    pub fn link_down(&self, link: &str, node: &str) -> Result<(), NetError> {
        let port = self.end(link, node)?;
        let name = format!("link {link} is down at {node}");
        {
            let mut fabric = self.settled();
            let Fabric {
                unplugged,
                pulled,
                rules,
                ..
            } = &mut *fabric;
            pulled.insert(port.id);
            unplugged.raise(port.id.opposite(), &name, rules, &self.layout)?;
        }
        self.plug(port, false)
    }

    /// Restores the carrier after [`link_down`](Self::link_down).
    ///
    /// # Errors
    /// As [`link_down`](Self::link_down).
    pub fn link_up(&self, link: &str, node: &str) -> Result<(), NetError> {
        let port = self.end(link, node)?;
        self.plug(port, true)?;
        let mut fabric = self.settled();
        let Fabric {
            unplugged, rules, ..
        } = &mut *fabric;
        unplugged.lift(port.id.opposite(), rules);
        Ok(())
    }

    fn plug(&self, port: &Port, up: bool) -> Result<(), NetError> {
        self.wiring.plug(&self.nodes[port.node], port, up)
    }

    /// Adds a rule after all others, for frames that are sent from now on.
    ///
    /// # Errors
    /// [`NetError::UnknownLink`], [`NetError::UnknownNode`], or
    /// [`NetError::NotAnEnd`] if the rule could never match, or mirrors to a
    /// node that has no end of that link.
    pub fn add_rule(&self, rule: Rule) -> Result<RuleId, NetError> {
        let mut fabric = self.settled();
        fabric.rules.append(rule, alarm::now(), &self.layout)
    }

    /// Adds a rule before all others, for frames that are sent from now on.
    ///
    /// # Errors
    /// As [`add_rule`](Self::add_rule).
    pub fn add_first_rule(&self, rule: Rule) -> Result<RuleId, NetError> {
        let mut fabric = self.settled();
        fabric.rules.prepend(rule, &self.layout)
    }

    /// Applies the present rules to all frames that have reached the fabric.
    pub fn settle(&self) {
        drop(self.settled());
    }

    /// Removes a rule from the table. Its counts stay. Frames that the rule has
    /// [delayed](rules::Action::Delay) still wait until their time has come.
    ///
    /// # Errors
    /// [`NetError::UnknownRule`] if the table has no such rule.
    pub fn remove_rule(&self, rule: RuleId) -> Result<(), NetError> {
        self.settled().remove_rule(rule)
    }

    /// The counts of all rules, including removed ones and cuts, in the order of their
    /// creation.
    #[must_use]
    pub fn rule_counts(&self) -> Vec<RuleCount> {
        self.fabric().rules.counts()
    }

    /// Follows the capture from its beginning while it is being made. There is one
    /// follower at a time.
    #[must_use]
    pub fn follow(&self) -> Follower {
        Follower::new(Arc::clone(&self.fabric))
    }

    /// Ends the recording and takes the network down. Frames that have reached the fabric
    /// or an interface are still handled and recorded; frames that a rule, or a link's
    /// delay or rate, holds back are not waited for.
    ///
    /// So a sent frame without a fault and without a record of its arrival has one of
    /// these explanations:
    ///
    /// - The link's random [`loss`](crate::Shape::loss) took the frame.
    /// - The frame is still held back.
    /// - The frame was held back when [`link_down`](Self::link_down) took the carrier of the
    ///   end at which it was to arrive.
    /// - The frame was held back when [`set_mtu`](Self::set_mtu) made it too long for that
    ///   end.
    ///
    /// The kernel does not report which. Waiting before this call, for as long as the
    /// links can hold a frame back, excludes the second explanation.
    ///
    /// # Errors
    /// [`IncompleteRecord`], with the capture in it, if a frame was lost that
    /// no rule took.
    pub async fn finish(self) -> Result<FrameRecord, IncompleteRecord> {
        self.end_recording()
    }

    /// Ends the recording as [`finish`](Self::finish) does, and leaves the network up.
    /// Later frames are not recorded.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn end_recording(&self) -> Result<FrameRecord, IncompleteRecord> {
        let in_cables = self.lost_in_cables();
        self.fabric().finish(in_cables)
    }

    /// Removes all faults: removes all rules and cuts, gives the carrier back to every end
    /// that lacks it, and gives each link the MTU that it was planned with.
    ///
    /// # Errors
    /// As [`link_up`](Self::link_up).
    pub fn mend(&self) -> Result<(), NetError> {
        let (pulled, narrowed) = {
            let mut fabric = self.settled();
            fabric.remove_all_rules();
            (fabric.pulled.clone(), fabric.narrowed.clone())
        };
        for port in pulled {
            self.plug(self.layout.port(port), true)?;
        }
        narrowed.into_iter().try_for_each(|link| {
            let link = &self.layout.links[link];
            self.set_mtu(&link.name, link.mtu)
        })
    }

    /// Frames that a busy kernel refused at the other end of a cable, where no socket
    /// sees the frames. The sending interface counts them.
    fn lost_in_cables(&self) -> Vec<Loss> {
        let fabric = self.fabric();
        let cables = self.layout.ports.iter();
        cables
            .filter_map(|port| {
                let node = &self.nodes[port.node];
                // A pulled plug loses frames that are being sent, and a smaller MTU loses
                // longer ones that are about to arrive. Neither is an error.
                let unsent = Unsent {
                    by_node: !fabric.pulled.contains(&port.id),
                    by_fabric: !fabric.narrowed.contains(&port.id.link()),
                };
                match self.wiring.unsent(node, port, unsent) {
                    Ok(0) => None,
                    Ok(frames) => Some(Loss::Cable {
                        link: self.layout.links[port.id.link()].name.as_str().into(),
                        node: node.name().into(),
                        frames,
                    }),
                    Err(error) => Some(Loss::Unread(error)),
                }
            })
            .collect()
    }

    /// The fabric, after the present rules were applied to all earlier frames. A change
    /// of the rules then affects later frames only.
    pub(super) fn settled(&self) -> MutexGuard<'_, Fabric> {
        let mut fabric = self.fabric();
        fabric.settle();
        fabric
    }

    fn fabric(&self) -> MutexGuard<'_, Fabric> {
        fabric::lock(&self.fabric)
    }

    /// The ends that send the frames of this `direction`.
    fn senders(&self, link: &str, direction: &Direction) -> Result<Vec<PortId>, NetError> {
        match direction {
            Direction::Both => {
                let link = self.link_number(link)?;
                Ok(PortId::ends(link).to_vec())
            }
            Direction::From(node) => Ok(vec![self.end(link, node)?.id]),
        }
    }

    pub(super) fn node_of(&self, port: &Port) -> &Node {
        &self.nodes[port.node]
    }

    pub(super) fn opposite(&self, port: &Port) -> &Port {
        self.layout.port(port.id.opposite())
    }

    pub(super) fn end(&self, link: &str, node: &str) -> Result<&Port, NetError> {
        self.layout.port_of(link, node)
    }

    fn node_number(&self, name: &str) -> Result<usize, NetError> {
        self.layout
            .node(name)
            .ok_or_else(|| NetError::UnknownNode(name.to_owned()))
    }

    pub(super) fn link_number(&self, name: &str) -> Result<usize, NetError> {
        self.layout
            .link(name)
            .ok_or_else(|| NetError::UnknownLink(name.to_owned()))
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        for task in &self.forwarding {
            task.abort();
        }
    }
}
