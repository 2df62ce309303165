//! The steps of a random scenario, from the first connect to the bound.

use std::time::Duration;

use scenario::BoundKind;

use super::dice::Dice;
use super::fault::{Ends, Fault, From};
use super::network::Network;
use super::request::{Asks, Request, When};
use super::timers::Timers;
use super::{HEALED, JUDGED};

/// The longest bound of a random scenario. Virtual time is cheap, but the packets that are
/// sent meanwhile are not.
const LONGEST: Duration = Duration::from_secs(7_200);
/// The most HEARTBEATs and messages of a scenario, all in all.
const PACKETS: u32 = 1_500;

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

#[derive(Clone, Debug)]
pub(crate) struct Story {
    bound: BoundKind,
    network: Network,
    hub: Side,
    spoke: Side,
    /// Whether the observer is the hub; else it is the first spoke.
    at_the_hub: bool,
    /// Whether the hub calls the spokes; else they call it.
    hub_calls: bool,
    request: Option<Request>,
}

/// What the endpoints of one side have.
#[derive(Clone, Debug)]
struct Side {
    timers: Timers,
    one_to_one: bool,
    /// `net.sctp.pf_enable: 0` on the host.
    no_potentially_failed: bool,
}

impl Side {
    fn draw(dice: &mut Dice) -> Self {
        Self {
            timers: Timers::draw(dice),
            one_to_one: dice.percent(30),
            no_potentially_failed: dice.percent(25),
        }
    }
}

impl Story {
    pub(crate) fn draw(dice: &mut Dice, bound: BoundKind) -> Self {
        loop {
            let mut story = Self {
                bound,
                network: Network::draw(dice),
                hub: Side::draw(dice),
                spoke: Side::draw(dice),
                at_the_hub: dice.percent(50),
                hub_calls: dice.percent(50),
                request: None,
            };
            // A one-to-one socket has one association.
            story.hub.one_to_one &= story.network.spokes == 1;
            if story.bound == BoundKind::Init {
                story.hub_calls = story.at_the_hub;
            }
            // A round trip that is longer than the RTO is to be rare.
            let soonest = story.hub.timers.rto_min().min(story.spoke.timers.rto_min());
            if dice.percent(90) {
                story.network.delay = story.network.delay.min(soonest / 3);
            }
            if story.longest() <= LONGEST {
                story.spare_heartbeats();
                return story;
            }
        }
    }

    pub(crate) fn with_requests(mut self, dice: &mut Dice) -> Self {
        let may_add = |is_hub: bool| match is_hub {
            true => !self.hub.one_to_one || self.hub_calls,
            false => !self.spoke.one_to_one || !self.hub_calls,
        };
        let may_add = [may_add(self.at_the_hub), may_add(!self.at_the_hub)];
        self.request = Request::draw(dice, self.bound, &self.network, may_add);
        self
    }

    fn observer(&self) -> &Side {
        if self.at_the_hub {
            &self.hub
        } else {
            &self.spoke
        }
    }

    /// The length that the bound may come to, roughly.
    fn longest(&self) -> Duration {
        let timers = &self.observer().timers;
        let idle = timers.heartbeat() + timers.rto_max() / 2;
        let idle = |errors: u64| idle * u32::try_from(errors).unwrap_or(u32::MAX);
        let paths = timers.path_max_retrans() + 1;
        let association = timers.association_max_retrans() + 1;
        match self.bound {
            BoundKind::Failover => timers.back_offs(paths) + idle(paths),
            BoundKind::Heartbeat => timers.back_offs(paths) + idle(paths + 2),
            BoundKind::Association => timers.back_offs(association) + idle(association),
            BoundKind::Init => {
                timers.back_offs(timers.max_init_retransmits() + 1) * self.network.paths as u32
            }
            BoundKind::Shutdown => timers.back_offs(association),
        }
    }

    /// Makes HEARTBEATs rarer: every path of every association is probed by both sides
    /// while the bound lasts.
    fn spare_heartbeats(&mut self) {
        let probed = (self.network.paths * self.network.spokes) as u32;
        let least = self.longest() * probed / PACKETS;
        for side in [&mut self.hub, &mut self.spoke] {
            if side.timers.heartbeat() < least {
                side.timers.heartbeat = Some(ms(least.as_millis() as u64));
            }
        }
    }

    pub(crate) fn yaml(&self, dice: &mut Dice, seed: u64) -> String {
        let mut yaml = format!(
            "title: A random scenario, of seed {seed}, with a {}\nnodes:\n",
            self.bound.word()
        );
        let asked = self.request.as_ref().map_or(&[][..], Request::sysctls);
        let node = |name: &str, side: &Side| {
            let mut sysctls = Vec::new();
            if side.no_potentially_failed {
                sysctls.push("net.sctp.pf_enable: 0");
            }
            sysctls.extend(asked);
            match sysctls.is_empty() {
                true => format!("  - {name}\n"),
                false => format!("  - {name}: {{sysctl: {{{}}}}}\n", sysctls.join(", ")),
            }
        };
        yaml += &node("hub", &self.hub);
        for host in 1..=self.network.hosts() {
            yaml += &node(&format!("host-{host}"), &self.spoke);
        }
        yaml += &format!("links:\n{}endpoints:\n", self.network.yaml());
        let asks = |hosts: &[usize], is_hub: bool| self.extensions(hosts, is_hub);
        let all: Vec<usize> = (0..self.network.hosts()).collect();
        let hub = asks(&all, true);
        yaml += &endpoint("hub", "hub", &self.hub, self.hub_calls, 5000, &hub);
        for spoke in 0..self.network.spokes {
            let host = self.network.host_of(spoke);
            let (node, name) = (format!("host-{}", host + 1), format!("spoke-{}", spoke + 1));
            let has = asks(&[host], false);
            let port = 6001 + spoke;
            yaml += &endpoint(&name, &node, &self.spoke, !self.hub_calls, port, &has);
        }
        yaml += "limit: 6h\nsteps:\n";
        for step in self.steps(dice) {
            yaml += &format!("  - {step}\n");
        }
        yaml
    }

    /// The keys of an endpoint that requests need, with its addresses on the links to these
    /// hosts.
    fn extensions(&self, hosts: &[usize], is_hub: bool) -> String {
        match &self.request {
            None => String::new(),
            Some(request) if request.is_asconf() => {
                let paths = 0..self.network.paths;
                let addresses = hosts.iter().flat_map(|host| {
                    let of_path = |path| self.network.address(*host, path, is_hub);
                    paths.clone().map(of_path)
                });
                let addresses: Vec<String> = addresses.map(|it| format!("\"{it}\"")).collect();
                format!(", addresses: [{}]", addresses.join(", "))
            }
            Some(_) => ", options: {enable-stream-reset: [reset-streams, add-streams]}".to_owned(),
        }
    }

    /// The steps of the request, if it is made at that time.
    fn request(&self, when: When) -> Vec<String> {
        let Some(request) = self.request.filter(|it| it.when == when) else {
            return Vec::new();
        };
        let ((here, there), ends) = (self.pair(), self.ends());
        let is_hub = self.at_the_hub == request.by_the_observer;
        let (at, to, node) = match request.by_the_observer {
            true => (here, there, ends.here),
            false => (there, here, ends.there),
        };
        let asks = Asks {
            at,
            to,
            node,
            is_hub,
        };
        request.steps(&asks, &self.network)
    }

    /// The steps from the fault on, with the request put before the fault or after it.
    fn with_request(&self, mut steps: Vec<String>) -> Vec<String> {
        let is_after = |step: &String| {
            let words = ["expect:", "close:", "shutdown:"];
            words.iter().any(|word| step.starts_with(word))
        };
        let is_gone = |step: &String| step.starts_with("kill:") || step.starts_with("power-cut:");
        let after = steps.iter().position(is_after).unwrap_or(steps.len());
        // A host without power asks nothing, so its request comes before the fault.
        let by_the_gone =
            self.request.is_some_and(|it| !it.by_the_observer) && steps.iter().any(is_gone);
        let after = if by_the_gone { 0 } else { after };
        steps.splice(after..after, self.request(When::AfterTheFault));
        steps.splice(0..0, self.request(When::BeforeTheFault));
        steps
    }

    /// The observer and its peer.
    fn pair(&self) -> (String, String) {
        let (hub, spoke) = ("hub".to_owned(), "spoke-1".to_owned());
        if self.at_the_hub {
            (hub, spoke)
        } else {
            (spoke, hub)
        }
    }

    fn ends(&self) -> Ends {
        let (hub, host) = ("hub".to_owned(), "host-1".to_owned());
        let (here, there) = if self.at_the_hub {
            (hub, host)
        } else {
            (host, hub)
        };
        Ends {
            here,
            there,
            peer: self.pair().1,
            host: 0,
        }
    }

    /// The peer's address at the end of a path.
    fn address(&self, path: usize) -> std::net::IpAddr {
        self.network.address(0, path, !self.at_the_hub)
    }

    fn steps(&self, dice: &mut Dice) -> Vec<String> {
        let all: Vec<usize> = (0..self.network.paths).collect();
        let mut steps = self.others_come_up(dice);
        if self.bound == BoundKind::Init {
            steps.extend(self.setup_fails(dice, &all));
            return steps;
        }
        steps.extend(self.comes_up(0));
        for path in &all[1..] {
            let (at, address) = (self.pair().0, self.address(*path));
            steps.push(format!(
                "expect: {{at: {at}, notification: peer-addr-change, address: \"{address}\", \
                 state: confirmed, within: 30min}}"
            ));
        }
        steps.extend(self.paths_are_set(dice));
        steps.extend(self.traffic(dice));
        steps.extend(self.request(When::Early));
        let (heartbeat, rto) = (
            self.observer().timers.heartbeat(),
            self.observer().timers.rto_max(),
        );
        let most = (heartbeat * 2 + rto).min(ms(120_000));
        steps.push(format!("wait: {}ms", dice.time(ms(10)..=most).as_millis()));
        let running = ["from-here", "from-there"]
            .into_iter()
            .filter(|name| {
                steps
                    .iter()
                    .any(|step| step.ends_with(&format!("as: {name}}}")))
            })
            .collect::<Vec<_>>();
        steps.extend(self.with_request(match self.bound {
            BoundKind::Failover => self.path_fails(dice),
            BoundKind::Heartbeat => self.path_heals(dice),
            BoundKind::Association => self.association_fails(dice, &all),
            BoundKind::Shutdown => self.shuts_down(dice, &all, &running),
            BoundKind::Init => Vec::new(),
        }));
        steps
    }

    fn comes_up(&self, spoke: usize) -> Vec<String> {
        let spoke = format!("spoke-{}", spoke + 1);
        let (from, to) = if self.hub_calls {
            ("hub", spoke.as_str())
        } else {
            (spoke.as_str(), "hub")
        };
        vec![
            format!("connect: {{from: {from}, to: {to}}}"),
            format!(
                "expect: {{at: {spoke}, notification: assoc-change, state: comm-up, within: 2h}}"
            ),
        ]
    }

    /// The other associations of the hub, some of which have traffic.
    fn others_come_up(&self, dice: &mut Dice) -> Vec<String> {
        let others = 1..self.network.spokes;
        others
            .flat_map(|spoke| {
                let mut steps = self.comes_up(spoke);
                if dice.percent(50) {
                    let every = self.pace(dice);
                    let other = format!("spoke-{}", spoke + 1);
                    let (from, to) = match dice.percent(50) {
                        true => ("hub".to_owned(), other),
                        false => (other, "hub".to_owned()),
                    };
                    steps.push(format!(
                        "traffic: {{from: {from}, to: {to}, every: {every}ms, size: 100}}"
                    ));
                }
                steps
            })
            .collect()
    }

    /// HEARTBEATs off, or other thresholds, on one path or on all.
    fn paths_are_set(&self, dice: &mut Dice) -> Vec<String> {
        if !dice.percent(30) {
            return Vec::new();
        }
        let (at, to) = self.pair();
        let which = match dice.percent(50) {
            true => String::new(),
            false => {
                let address = self.address(dice.index(self.network.paths));
                format!(", address: \"{address}\"")
            }
        };
        let timers = &self.observer().timers;
        let what = match dice.number(0..=4) {
            0 | 1 => "heartbeat: off".to_owned(),
            2 => {
                let interval = dice.time(timers.heartbeat()..=timers.heartbeat() * 2);
                format!("heartbeat: {}ms", interval.as_millis())
            }
            3 => format!(
                "path-max-retrans: {}",
                dice.number(1..=timers.path_max_retrans())
            ),
            _ => format!("potentially-failed: {}", dice.number(0..=5)),
        };
        vec![format!("set-path: {{at: {at}, to: {to}{which}, {what}}}")]
    }

    fn pace(&self, dice: &mut Dice) -> u128 {
        let least = (self.longest() * self.network.spokes as u32 / (PACKETS / 5)).max(ms(20));
        dice.time(least..=least.max(ms(10_000))).as_millis()
    }

    /// Data from the observer, from the peer, from both, or from neither.
    fn traffic(&self, dice: &mut Dice) -> Vec<String> {
        let (here, there) = self.pair();
        let (from_here, from_there) = dice.one_of(&[
            (true, false),
            (true, false),
            (false, true),
            (true, true),
            (false, false),
        ]);
        let mut steps = Vec::new();
        if from_here {
            steps.push((here.clone(), there.clone(), "from-here"));
        }
        if from_there {
            steps.push((there, here, "from-there"));
        }
        let step = |(from, to, name)| {
            let (every, size) = (self.pace(dice), dice.one_of(&[10, 100, 100, 1_000, 5_000]));
            format!(
                "traffic: {{from: {from}, to: {to}, every: {every}ms, size: {size}, as: {name}}}"
            )
        };
        steps.into_iter().map(step).collect()
    }

    fn path_fails(&self, dice: &mut Dice) -> Vec<String> {
        let path = dice.index(self.network.paths);
        let fault = match dice.percent(90) {
            true => Fault::of_a_path(dice),
            false => dice.one_of(&[
                Fault::Chunk("DATA", From::Here),
                Fault::Chunk("SACK", From::There),
                Fault::Chunk("HEARTBEAT", From::Here),
                Fault::Chunk("HEARTBEAT ACK", From::There),
            ]),
        };
        let mut steps = fault.steps(&self.ends(), &[path]);
        steps.push(self.unreachable(path, JUDGED));
        steps
    }

    fn unreachable(&self, path: usize, name: &str) -> String {
        let (at, address) = (self.pair().0, self.address(path));
        format!(
            "expect: {{at: {at}, notification: peer-addr-change, address: \"{address}\", \
             state: unreachable, within: failover-bound, as: {name}}}"
        )
    }

    fn path_heals(&self, dice: &mut Dice) -> Vec<String> {
        let path = dice.index(self.network.paths);
        let fault = Fault::of_a_path(dice);
        let mut steps = fault.steps(&self.ends(), &[path]);
        steps.push(self.unreachable(path, JUDGED));
        if dice.percent(50) {
            steps.push(format!(
                "wait: {}ms",
                dice.time(ms(10)..=ms(60_000)).as_millis()
            ));
        }
        steps.extend(fault.undone(&self.ends(), &[path]).unwrap_or_default());
        let (at, address) = (self.pair().0, self.address(path));
        steps.push(format!(
            "expect: {{at: {at}, notification: peer-addr-change, address: \"{address}\", \
             state: available, within: heartbeat-bound, as: {HEALED}}}"
        ));
        steps
    }

    fn association_fails(&self, dice: &mut Dice, all: &[usize]) -> Vec<String> {
        let fault = match dice.number(0..=19) {
            0 => Fault::Kill,
            1..=4 => Fault::PowerCut,
            _ => Fault::of_a_path(dice),
        };
        let mut steps = fault.steps(&self.ends(), all);
        let at = self.pair().0;
        steps.push(format!(
            "expect: {{at: {at}, notification: assoc-change, state: comm-lost, \
             within: association-bound, as: {JUDGED}}}"
        ));
        steps
    }

    fn setup_fails(&self, dice: &mut Dice, all: &[usize]) -> Vec<String> {
        let fault = match dice.percent(60) {
            true => Fault::of_a_path(dice),
            false => dice.one_of(&[
                Fault::Chunk("INIT", From::Here),
                Fault::Chunk("INIT ACK", From::There),
                Fault::Chunk("COOKIE ECHO", From::Here),
                Fault::Chunk("COOKIE ACK", From::There),
            ]),
        };
        let mut steps = fault.steps(&self.ends(), all);
        let (from, to) = self.pair();
        let several = all.len() > 1 && dice.percent(40);
        let addresses: Vec<String> = all
            .iter()
            .take(if several { all.len() } else { 0 })
            .map(|path| format!("\"{}\"", self.address(*path)))
            .collect();
        let tried = match addresses.is_empty() {
            true => String::new(),
            false => format!(", addresses: [{}]", addresses.join(", ")),
        };
        let one_to_one = self.observer().one_to_one;
        steps.push(match !several && !one_to_one && dice.percent(25) {
            true => {
                let init = match dice.percent(60) {
                    true => format!(
                        ", init: {{max-attempts: {}, max-timeout: {}ms}}",
                        dice.number(1..=10),
                        dice.time(ms(100)..=ms(60_000)).as_millis()
                    ),
                    false => String::new(),
                };
                format!("send: {{from: {from}, to: {to}, size: 100{init}}}")
            }
            false => format!("connect: {{from: {from}, to: {to}{tried}}}"),
        });
        steps.push(format!(
            "expect: {{at: {from}, notification: assoc-change, state: cant-str-assoc, \
             within: init-bound, as: {JUDGED}}}"
        ));
        steps
    }

    /// A shutdown, with data under way or not: without a fault, or with a fault before or
    /// after the SHUTDOWN.
    fn shuts_down(&self, dice: &mut Dice, all: &[usize], running: &[&str]) -> Vec<String> {
        let fault = match dice.number(0..=9) {
            0 | 1 => None,
            2..=6 => Some(Fault::of_a_path(dice)),
            _ => Some(dice.one_of(&[
                Fault::Chunk("SHUTDOWN", From::Here),
                Fault::Chunk("SHUTDOWN ACK", From::There),
                Fault::Chunk("SHUTDOWN COMPLETE", From::Here),
                Fault::Chunk("SACK", From::There),
            ])),
        };
        let mut steps: Vec<String> = running.iter().map(|it| format!("stop: {it}")).collect();
        steps.extend(
            fault
                .map(|fault| fault.steps(&self.ends(), all))
                .unwrap_or_default(),
        );
        let (at, to) = self.pair();
        // A one-to-one socket that is closed hears nothing more.
        let ends = match self.observer().one_to_one {
            true => "shutdown",
            false => "close",
        };
        steps.push(format!("{ends}: {{endpoint: {at}, to: {to}}}"));
        steps.push(format!(
            "expect: {{at: {at}, notification: assoc-change, within: shutdown-bound, as: {JUDGED}}}"
        ));
        steps
    }
}

fn endpoint(
    name: &str,
    node: &str,
    side: &Side,
    calls: bool,
    port: usize,
    extensions: &str,
) -> String {
    // A one-to-one socket that listens cannot call.
    let port = match side.one_to_one && calls {
        true => format!("port: {port}"),
        false => format!("listen: {port}"),
    };
    let style = if side.one_to_one {
        "one-to-one"
    } else {
        "one-to-many"
    };
    let timers = side.timers.yaml();
    format!(
        "  {name}: {{node: {node}, style: {style}, {port}, subscribe: all{timers}{extensions}}}\n"
    )
}
