//! Names of associations: a name for each association, the same at both ends.

use std::cell::RefCell;
use std::collections::BTreeMap;

use recording::{AssociationName, NameGiver};

/// An endpoint's port. Between two of these there is at most one association at a time (RFC
/// 9260, section 1.3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EndpointPort {
    /// The name of the endpoint; the address for a host that is none of the lab's.
    pub(crate) endpoint: String,
    pub(crate) port: u16,
}

/// The names of a run's associations.
#[derive(Debug, Default)]
pub(crate) struct Names(RefCell<Given>);

#[derive(Debug, Default)]
struct Given {
    names: NameGiver,
    associations: Vec<Association>,
    /// The latest association between two ports, the lesser port first.
    latest: BTreeMap<[EndpointPort; 2], usize>,
    by_name: BTreeMap<AssociationName, usize>,
}

#[derive(Debug)]
struct Association {
    name: AssociationName,
    /// The ports of both ends, the lesser first.
    pair: [EndpointPort; 2],
    /// The state of both ends, in the order of `pair`.
    ends: [End; 2],
}

/// The state of one end of an association, as far as its endpoint has reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The endpoint has reported nothing.
    Unknown,
    Begun,
    Up,
    Over,
}

impl Names {
    /// The name of the association that `own` begins with `peer`, and whether it is new to
    /// `own`. If the peer has begun one as well, both INITs make the same association (RFC
    /// 9260, section 5.2.1).
    pub(crate) fn begin(&self, own: &EndpointPort, peer: &EndpointPort) -> (AssociationName, bool) {
        let mut given = self.0.borrow_mut();
        let (pair, side) = pair(own, peer);
        if let Some(latest) = given.latest_of(&pair) {
            match latest.ends[side] {
                End::Begun => return (latest.name.clone(), false),
                End::Unknown if latest.ends[1 - side] != End::Over => {
                    latest.ends[side] = End::Begun;
                    return (latest.name.clone(), true);
                }
                End::Unknown | End::Up | End::Over => {}
            }
        }
        (given.add(pair, side, End::Begun, own, peer), true)
    }

    /// The name of the association that has come up at `own`: the one that `own` or `peer`
    /// has begun, or else a new one, begun by `own`.
    pub(crate) fn come_up(&self, own: &EndpointPort, peer: &EndpointPort) -> AssociationName {
        self.up(own, peer, [own, peer])
    }

    /// As [`Names::come_up`], but a new association is named as begun by the peer, which
    /// may not have reported that.
    pub(crate) fn come_up_by_peer(
        &self,
        own: &EndpointPort,
        peer: &EndpointPort,
    ) -> AssociationName {
        self.up(own, peer, [peer, own])
    }

    fn up(
        &self,
        own: &EndpointPort,
        peer: &EndpointPort,
        called: [&EndpointPort; 2],
    ) -> AssociationName {
        let mut given = self.0.borrow_mut();
        let (pair, side) = pair(own, peer);
        if let Some(latest) = given.latest_of(&pair)
            && matches!(latest.ends[side], End::Unknown | End::Begun)
        {
            latest.ends[side] = End::Up;
            return latest.name.clone();
        }
        let [first, second] = called;
        given.add(pair, side, End::Up, first, second)
    }

    /// Takes note that the association is over at `own`. Returns whether this end was not
    /// over before.
    pub(crate) fn end(&self, name: &AssociationName, own: &str) -> bool {
        let mut given = self.0.borrow_mut();
        let Some(number) = given.by_name.get(name).copied() else {
            return false;
        };
        let association = &mut given.associations[number];
        let side = usize::from(association.pair[0].endpoint != own);
        let end = &mut association.ends[side];
        std::mem::replace(end, End::Over) != End::Over
    }
}

impl Given {
    fn latest_of(&mut self, pair: &[EndpointPort; 2]) -> Option<&mut Association> {
        let number = self.latest.get(pair)?;
        self.associations.get_mut(*number)
    }

    fn add(
        &mut self,
        pair: [EndpointPort; 2],
        side: usize,
        end: End,
        own: &EndpointPort,
        peer: &EndpointPort,
    ) -> AssociationName {
        let base = format!("{}-{}", own.endpoint, peer.endpoint);
        let name = self.names.next(&base);
        let mut ends = [End::Unknown; 2];
        ends[side] = end;
        self.by_name.insert(name.clone(), self.associations.len());
        self.latest.insert(pair.clone(), self.associations.len());
        self.associations.push(Association {
            name: name.clone(),
            pair,
            ends,
        });
        name
    }
}

/// Both ports, the lesser first, and the index of `own` among them.
fn pair(own: &EndpointPort, peer: &EndpointPort) -> ([EndpointPort; 2], usize) {
    let mut pair = [own.clone(), peer.clone()];
    pair.sort();
    let side = usize::from(pair[0] != *own);
    (pair, side)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(endpoint: &str, port: u16) -> EndpointPort {
        EndpointPort {
            endpoint: endpoint.into(),
            port,
        }
    }

    fn names() -> (Names, EndpointPort, EndpointPort) {
        let (client, server) = (place("client", 40_000), place("server", 5000));
        (Names::default(), client, server)
    }

    fn begun(names: &Names, own: &EndpointPort, peer: &EndpointPort) -> String {
        names.begin(own, peer).0.to_string()
    }

    #[test]
    fn both_ends_call_an_association_by_the_name_of_who_began_it() {
        let (names, client, server) = names();
        assert_eq!(begun(&names, &client, &server), "client-server");
        assert_eq!(names.come_up(&server, &client).as_str(), "client-server");
        assert_eq!(names.come_up(&client, &server).as_str(), "client-server");
    }

    #[test]
    fn a_program_that_calls_gives_its_name_first_though_it_tells_nobody() {
        let (names, client, server) = names();
        let up = names.come_up_by_peer(&server, &client);
        assert_eq!(up.as_str(), "client-server");
        assert_eq!(names.come_up(&client, &server), up);
        names.end(&up, "server");
        let again = names.come_up_by_peer(&server, &client);
        assert_eq!(again.as_str(), "client-server#2");
    }

    #[test]
    fn two_that_call_each_other_have_one_association() {
        let (names, client, server) = names();
        assert_eq!(begun(&names, &client, &server), "client-server");
        assert_eq!(begun(&names, &server, &client), "client-server");
        assert_eq!(names.come_up(&client, &server).as_str(), "client-server");
    }

    #[test]
    fn a_message_that_follows_the_one_that_began_an_association_belongs_to_it() {
        let (names, client, server) = names();
        let first = names.begin(&client, &server);
        let second = names.begin(&client, &server);
        assert_eq!(first.0, second.0);
        assert_eq!((first.1, second.1), (true, false));
    }

    #[test]
    fn each_socket_of_an_endpoint_has_an_association_of_its_own() {
        let (names, client, server) = names();
        let other = place("client", 40_001);
        assert_eq!(begun(&names, &client, &server), "client-server");
        assert_eq!(begun(&names, &other, &server), "client-server#2");
        assert_eq!(names.come_up(&server, &other).as_str(), "client-server#2");
        assert_eq!(names.come_up(&server, &client).as_str(), "client-server");
    }

    #[test]
    fn a_restart_is_a_new_association_at_both_ends() {
        let (names, client, server) = names();
        let first = names.begin(&client, &server).0;
        names.come_up(&server, &client);
        names.come_up(&client, &server);
        assert!(names.end(&first, "client"));
        assert_eq!(begun(&names, &client, &server), "client-server#2");
        assert_eq!(names.come_up(&server, &client).as_str(), "client-server#2");
    }

    #[test]
    fn the_end_of_an_old_association_is_not_that_of_the_new_one() {
        let (names, client, server) = names();
        let first = names.begin(&client, &server).0;
        names.come_up(&server, &client);
        names.end(&first, "client");
        let second = names.begin(&client, &server).0;
        assert!(names.end(&first, "server"));
        assert!(!names.end(&first, "server"));
        assert_eq!(names.come_up(&server, &client), second);
    }

    #[test]
    fn who_calls_after_the_other_has_given_up_begins_anew() {
        let (names, client, server) = names();
        let first = names.begin(&client, &server).0;
        names.end(&first, "client");
        assert_eq!(begun(&names, &server, &client), "server-client");
    }

    #[test]
    fn what_comes_up_after_the_other_is_gone_is_still_the_association_that_was_begun() {
        let (names, client, server) = names();
        let first = names.begin(&client, &server).0;
        names.end(&first, "client");
        assert_eq!(names.come_up(&server, &client), first);
    }
}
