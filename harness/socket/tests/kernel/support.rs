//! Helpers of the tests: a runtime with a deadline, sockets with all notifications
//! subscribed, and waiting for events.

use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use sctp_socket::notification::{AssocChange, AssocChangeState, Notification};
use sctp_socket::option::{Event, EventType, RecvRcvInfo};
use sctp_socket::{
    Arrival, AssocId, AsyncSocket, Family, Message, Received, SendFlags, Socket, Style,
};

pub(crate) type Outcome = Result<(), Box<dyn Error>>;
pub(crate) type Test = (&'static str, fn() -> Outcome);

/// Runs a test on a new runtime. The deadline only ends tests that would hang: no test
/// waits for time to pass.
pub(crate) fn block_on(test: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(20), test).await? })
}

/// Names the tests of a module `m`: `tests![a, b]` makes tests called `m::a` and `m::b`.
macro_rules! tests {
    ($($test:ident),* $(,)?) => {
        vec![$((concat!(module_path!(), "::", stringify!($test)),
            (|| $crate::support::block_on($test())) as fn() -> $crate::support::Outcome)),*]
    };
}
pub(crate) use tests;

pub(crate) const LOOPBACKS: [(&str, Family); 2] =
    [("127.0.0.1:0", Family::V4), ("[::1]:0", Family::V6)];

/// A bound socket with every notification but the old `SCTP_SEND_FAILED` on.
pub(crate) fn bound(
    style: Style,
    family: Family,
    address: &str,
) -> Result<AsyncSocket, Box<dyn Error>> {
    let socket = Socket::new(style, family)?;
    socket.bind(address.parse()?)?;
    Ok(subscribed(socket)?)
}

pub(crate) fn subscribed(socket: Socket) -> std::io::Result<AsyncSocket> {
    for event in EventType::ALL {
        if event != EventType::SendFailed {
            socket.set(&Event {
                assoc_id: AssocId::FUTURE,
                event,
                on: true,
            })?;
        }
    }
    socket.set(&RecvRcvInfo(true))?;
    socket.into_async()
}

/// A one-to-many server that listens, and its address.
pub(crate) fn server(
    family: Family,
    address: &str,
) -> Result<(AsyncSocket, SocketAddr), Box<dyn Error>> {
    let server = bound(Style::OneToMany, family, address)?;
    server.listen(5)?;
    let address = server.local_addr()?;
    Ok((server, address))
}

/// Two one-to-many sockets with an association between them.
pub(crate) struct Pair {
    pub(crate) client: AsyncSocket,
    pub(crate) server: AsyncSocket,
    pub(crate) server_address: SocketAddr,
    /// The association as the client's kernel numbers it.
    pub(crate) to_server: AssocId,
    /// The association as the server's kernel numbers it.
    pub(crate) to_client: AssocId,
}

pub(crate) async fn pair() -> Result<Pair, Box<dyn Error>> {
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    let server = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    pair_of(client, server).await
}

/// An association between two sockets that are bound.
pub(crate) async fn pair_of(
    client: AsyncSocket,
    server: AsyncSocket,
) -> Result<Pair, Box<dyn Error>> {
    server.listen(5)?;
    let server_address = server.local_addr()?;
    let to_server = client.connectx(&[server_address]).await?;
    assoc_change(&client, AssocChangeState::CommUp).await?;
    let to_client = assoc_change(&server, AssocChangeState::CommUp)
        .await?
        .assoc_id;
    Ok(Pair {
        client,
        server,
        server_address,
        to_server,
        to_client,
    })
}

/// The next message; notifications are skipped.
pub(crate) async fn message(socket: &AsyncSocket) -> Result<(Arrival, Vec<u8>), Box<dyn Error>> {
    let mut buffer = vec![0; 65_536];
    loop {
        match socket.recv(&mut buffer).await? {
            Received::Message(arrival) => {
                let bytes = buffer[..arrival.length].to_vec();
                return Ok((arrival, bytes));
            }
            Received::Notification(_) => {}
            other => return Err(format!("expected a message, got {other:?}").into()),
        }
    }
}

/// The first notification that `wanted` selects; a message before it is an error.
pub(crate) async fn notification<T>(
    socket: &AsyncSocket,
    wanted: impl Fn(&Notification) -> Option<T>,
) -> Result<T, Box<dyn Error>> {
    let mut buffer = vec![0; 65_536];
    let mut passed = Vec::new();
    loop {
        match socket.recv(&mut buffer).await {
            Ok(Received::Notification(event)) => match wanted(&event) {
                Some(found) => return Ok(found),
                None => passed.push(event),
            },
            other => return Err(format!("got {other:?} after {passed:?}").into()),
        }
    }
}

pub(crate) async fn assoc_change(
    socket: &AsyncSocket,
    state: AssocChangeState,
) -> Result<AssocChange, Box<dyn Error>> {
    notification(socket, |event| match event {
        Notification::AssocChange(change) if change.state == state => Some(change.clone()),
        _ => None,
    })
    .await
}

/// A message that ends this association gracefully, for sockets that have several.
pub(crate) fn eof(assoc_id: AssocId) -> Message<'static> {
    Message::new(b"").flags(SendFlags::EOF).assoc_id(assoc_id)
}

/// Fails with both values if they differ.
macro_rules! same {
    ($left:expr, $right:expr $(,)?) => {{
        let (left, right) = (&$left, &$right);
        if left != right {
            return Err(format!(
                "{}:{}: {} is {left:?}, not {right:?}",
                file!(),
                line!(),
                stringify!($left)
            )
            .into());
        }
    }};
}
pub(crate) use same;

/// Waits until the peer has acknowledged all messages, which are in the peer's queue
/// then.
pub(crate) async fn dry(socket: &AsyncSocket) -> Result<AssocId, Box<dyn Error>> {
    notification(socket, |event| match event {
        Notification::SenderDry(dry) => Some(dry.assoc_id),
        _ => None,
    })
    .await
}
