//! Checks that the steps of scripted peers share, and the values that a peer fills in by
//! default.

use wire::ChunkType;
use wire::build::{Family, Hmac, Item, Kind, Later, Value};

use crate::check::Scope;
use crate::diagnostic::{Span, Spanned};
use crate::model::{ChunkWanted, EndpointName, PacketWanted, Peer, Skip};
use crate::read::{Optional, all_of, suggestion};
use crate::value::{Binding, Bindings, Bound, Reference};

impl Scope<'_, '_> {
    /// The scripted peer with this name, or the only one.
    pub(crate) fn scripted(&mut self, name: &Optional<Reference>) -> Option<EndpointName> {
        let peers: Vec<EndpointName> = self
            .world
            .endpoints
            .iter()
            .filter(|known| known.scripted)
            .map(|known| known.name.clone())
            .collect();
        let named = match name {
            Optional::Broken => return None,
            Optional::Given(name) => Some(name),
            Optional::Absent => None,
        };
        match (named, peers.as_slice()) {
            (Some(name), _) => self.scripted_of(name, &peers),
            (None, [one]) => Some(one.clone()),
            (None, []) => {
                if !self.world.unreadable.endpoints {
                    self.problems
                        .add(self.own_span, "there is no scripted peer", "who?")
                        .help(
                            "add one under `endpoints`: \
                             `peer: {node: stranger, kind: peer, port: 5001}`",
                        );
                }
                None
            }
            (None, many) => {
                let names = all_of(many.iter().map(EndpointName::as_str));
                self.problems
                    .add(self.own_span, "there are several scripted peers", "which?")
                    .help(format!("add `peer` with one of {names}"));
                None
            }
        }
    }

    fn scripted_of(
        &mut self,
        name: &Spanned<Reference>,
        peers: &[EndpointName],
    ) -> Option<EndpointName> {
        let found = self.party(name)?;
        if self.world.is_scripted(&found) {
            return Some(found);
        }
        let help = match peers {
            [] => "give it `kind: peer`, on a node of its own".to_owned(),
            peers => format!(
                "the scripted peers are {}",
                all_of(peers.iter().map(EndpointName::as_str))
            ),
        };
        self.problems
            .add(
                name.span,
                format!("`{found}` has a socket"),
                "no scripted peer",
            )
            .help(help);
        None
    }

    /// Notes a mistake if the peer does not know the name at this step.
    pub(crate) fn knows(&mut self, peer: &EndpointName, later: &Later, span: Span) {
        let bound = &self.story.bound;
        let of_peer = || bound.iter().filter(|(owner, _)| owner == peer);
        if Peer::knows(&later.name)
            || self.story.unsure
            || of_peer().any(|(_, name)| *name == later.name)
        {
            return;
        }
        let known: Vec<&str> = Peer::NAMES
            .iter()
            .map(|(name, _)| *name)
            .chain(of_peer().map(|(_, name)| name.as_str()))
            .collect();
        let help = match suggestion(&later.name, known.iter().copied(), self.problems) {
            Some(likely) => format!("did you mean `${likely}`?"),
            None => format!(
                "give it one by `bind: {{{}: …}}` in an earlier step; known are {}",
                later.name,
                all_of(known.iter().copied())
            ),
        };
        let message = format!("`{peer}` knows no `${}` by then", later.name);
        self.problems.add(span, message, "unknown name").help(help);
    }

    pub(crate) fn knows_all(&mut self, peer: &EndpointName, items: &[Item], span: Span) {
        let mut names = Vec::new();
        for item in items {
            item.each_name(&mut |later| names.push(later.clone()));
        }
        for later in names {
            self.knows(peer, &later, span);
        }
    }

    /// Notes a mistake if an HMAC needs a key that the peer does not have.
    pub(crate) fn has_keys(&mut self, peer: &EndpointName, chunks: &[Item], span: Span) {
        let world = self.world;
        let Some(known) = world.peer(peer) else {
            return;
        };
        for chunk in chunks {
            let (Some(Value::Hmac(_)), number) = (chunk.get("hmac"), chunk.get("shared-key-id"))
            else {
                continue;
            };
            let Some(Value::Number(number)) = number else {
                continue;
            };
            let key = u16::try_from(*number).ok().and_then(|it| known.key(it));
            if key.is_none() {
                self.problems
                    .add(
                        span,
                        format!("`{peer}` has no key {number}"),
                        "the HMAC needs this key",
                    )
                    .help(format!(
                        "give it one: `auth-key: {{number: {number}, key: secret}}`; or say the \
                         bytes, as `hmac: 20 bytes`"
                    ));
            }
        }
    }

    pub(crate) fn knows_patterns(&mut self, peer: &EndpointName, of: &[ChunkWanted], span: Span) {
        let fields = of.iter().flat_map(|chunk| &chunk.fields);
        let texts = fields.flat_map(|field| &field.values);
        let names: Vec<Later> = texts
            .filter_map(|text| Later::parse(text.strip_prefix('$')?))
            .collect();
        for later in names {
            self.knows(peer, &later, span);
        }
    }

    /// The names that the step binds. They are known from the next step on.
    pub(crate) fn bindings(
        &mut self,
        peer: &EndpointName,
        form: &Optional<Bindings>,
    ) -> Option<Vec<Binding>> {
        let bindings = form.check(|form| Some((form.value.0.clone(), form.value.1)))?;
        let Some((bindings, span)) = bindings else {
            return Some(Vec::new());
        };
        for binding in &bindings {
            if let Bound::Value(Value::Later(later)) = &binding.what {
                self.knows(peer, later, span);
            }
            let key = (peer.clone(), binding.name.clone());
            self.story.bound.insert(key);
        }
        Some(bindings)
    }
}

/// The fields of a chunk that the peer fills in by default.
fn defaults(kind: ChunkType) -> Vec<(&'static str, Value)> {
    let named = |name: &str| {
        Value::Later(Later {
            name: name.to_owned(),
            change: None,
        })
    };
    let begins = || {
        vec![
            ("initiate-tag", named("tag")),
            ("a-rwnd", Value::Number(1 << 16)),
            ("outbound-streams", Value::Number(10)),
            ("inbound-streams", Value::Number(10)),
            ("initial-tsn", named("tsn")),
        ]
    };
    let data = |number| {
        vec![
            ("b", Value::Number(1)),
            ("e", Value::Number(1)),
            ("tsn", named("next-tsn")),
            (number, named("next-ssn")),
            ("payload", Value::Bytes("peer".into())),
        ]
    };
    match kind {
        ChunkType::Init => begins(),
        ChunkType::InitAck => {
            let Some(cookie) = Family::Parameters.kind("state-cookie") else {
                return begins();
            };
            let cookie = Item::new(cookie).with("cookie", Value::Bytes("peer's cookie".into()));
            let mut all = begins();
            all.push(("parameters", Value::Items(vec![cookie])));
            all
        }
        ChunkType::CookieEcho => vec![("cookie", named("cookie"))],
        ChunkType::Data => data("ssn"),
        ChunkType::IData => data("mid"),
        ChunkType::Sack | ChunkType::NrSack => vec![
            ("cumulative-tsn-ack", named("cum")),
            ("a-rwnd", Value::Number(1 << 16)),
        ],
        ChunkType::Shutdown => vec![("cumulative-tsn-ack", named("cum"))],
        ChunkType::Heartbeat => vec![("info", Value::Bytes("still there?".into()))],
        ChunkType::HeartbeatAck => vec![("info", named("info"))],
        ChunkType::Auth => vec![
            ("hmac-id", named("hmac-id")),
            ("hmac", Value::Hmac(Hmac::Good)),
        ],
        _ => Vec::new(),
    }
}

/// Whether the value is the default of this slot in a chunk of this kind.
pub(crate) fn is_default(kind: Kind, slot: &str, value: &Value) -> bool {
    let Kind::Chunk(kind) = kind else {
        return false;
    };
    defaults(kind)
        .iter()
        .any(|(name, it)| *name == slot && it == value)
}

/// The chunk with the default values for slots that the step leaves out.
pub(super) fn filled(mut item: Item) -> Item {
    let Kind::Chunk(kind) = item.kind else {
        return item;
    };
    if item.get("value").is_some() {
        return item;
    }
    for (slot, value) in defaults(kind) {
        let said = item.get(slot).is_some() || (slot == "info" && item.get("parameters").is_some());
        if !said {
            item = item.with(slot, value);
        }
    }
    item
}

/// A chunk with default values only.
pub(super) fn plain(kind: ChunkType) -> Item {
    filled(Item::new(Kind::Chunk(kind)))
}

/// A pattern for packets with a chunk of that type.
pub(super) fn packet_of(kind: ChunkType) -> PacketWanted {
    PacketWanted {
        chunks: vec![ChunkWanted {
            kind,
            fields: Vec::new(),
        }],
        ..PacketWanted::default()
    }
}

/// HEARTBEATs may come at any time, so they are skipped unless the step is about them.
pub(super) fn skipping(kinds: Vec<ChunkType>, about: &[PacketWanted]) -> Skip {
    let mut kinds = kinds;
    let chunks = about.iter().flat_map(|packet| &packet.chunks);
    if !chunks
        .into_iter()
        .any(|chunk| chunk.kind == ChunkType::Heartbeat)
    {
        kinds.push(ChunkType::Heartbeat);
    }
    Skip::Chunks(kinds)
}
