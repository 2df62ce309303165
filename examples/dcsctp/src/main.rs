//! dcsctp as a stack under test: commands of the lab on stdin, answers on stdout, as
//! `docs/stacks.md` tells. A socket of dcsctp has one association, so each peer has one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, Write as _};
use std::net::IpAddr;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use dcsctp::api::{
    DcSctpSocket, Message, Options, PpId, SendError, SendOptions, SocketEvent, SocketState,
    SocketTime, StreamId,
};

/// A peer: its address and port.
type Peer = (IpAddr, u16);

/// The answer to a command: `ok`, or the line that says why not.
type Answer = Result<(), String>;

struct Stack {
    options: Options,
    address: Option<IpAddr>,
    listens: bool,
    sockets: BTreeMap<Peer, Association>,
}

struct Association {
    socket: Box<dyn DcSctpSocket>,
    /// When the socket was made: its clock counts from then.
    made: Instant,
    was_up: bool,
}

fn main() {
    println!("stack dcsctp 0.1.16");
    let (lines, commands) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                return;
            }
        }
    });
    let mut stack = Stack {
        options: Options::default(),
        address: None,
        listens: false,
        sockets: BTreeMap::new(),
    };
    loop {
        let command = match stack.next_timer() {
            None => commands.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(wait) => commands.recv_timeout(wait),
        };
        stack.advance();
        match command {
            Ok(line) => stack.command(&line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        stack.tell();
        // Where the lab has closed the pipe, the next read ends the program.
        let _ = std::io::stdout().flush();
    }
}

impl Stack {
    /// Time until the first timer of any socket runs out.
    fn next_timer(&self) -> Option<Duration> {
        let waits = self.sockets.values().filter_map(|it| {
            let due = it.socket.poll_timeout();
            (due != SocketTime::infinite_future()).then(|| due - it.now())
        });
        waits.min()
    }

    fn advance(&mut self) {
        for it in self.sockets.values_mut() {
            let now = it.now();
            it.socket.advance_time(now);
        }
    }

    fn command(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["packet", from, _, bytes] = words.as_slice() {
            return self.packet(from, bytes);
        }
        match self.answer(&words) {
            Ok(()) => println!("ok"),
            Err(why) => println!("{why}"),
        }
    }

    fn packet(&mut self, from: &str, bytes: &str) {
        let (Ok(address), Some(bytes)) = (from.parse(), decode(bytes)) else {
            return;
        };
        let Some(port) = bytes.first_chunk::<2>().map(|it| u16::from_be_bytes(*it)) else {
            return;
        };
        let peer = (address, port);
        // Without `listen`, an unknown peer has no socket: its packets are dropped.
        if self.listens || self.sockets.contains_key(&peer) {
            let it = self.socket(peer);
            it.socket.handle_input(&bytes);
        }
    }

    fn answer(&mut self, words: &[&str]) -> Answer {
        match words {
            ["open", port, address, mtu] => {
                self.options.local_port = number(port)?;
                let address: IpAddr = address.parse().map_err(|_| "failed EINVAL")?;
                let header = if address.is_ipv4() { 20 } else { 40 };
                self.options.mtu = number::<usize>(mtu)?.saturating_sub(header);
                self.address = Some(address);
                Ok(())
            }
            ["listen"] => {
                self.listens = true;
                Ok(())
            }
            ["need", "partial-reliability" | "stream-reconfiguration"] => Ok(()),
            ["need", "interleaving"] => {
                self.options.enable_message_interleaving = true;
                Ok(())
            }
            ["option", name, value] => self.option(name, value),
            ["timer", name, value] => self.timer(name, value),
            ["streams", out, inbound] => {
                let [out, inbound] = [number(out)?, number(inbound)?];
                let options = &mut self.options;
                if out > 0 {
                    options.announced_maximum_outgoing_streams = out;
                }
                if inbound > 0 {
                    options.announced_maximum_incoming_streams = inbound;
                }
                Ok(())
            }
            ["connect", address, port] => {
                self.socket(peer(address, port)?).socket.connect();
                Ok(())
            }
            ["send", address, port, stream, ppid, order, payload] => {
                let payload = decode(payload).ok_or("failed EINVAL")?;
                let message = Message::new(StreamId(number(stream)?), PpId(number(ppid)?), payload);
                let options = SendOptions {
                    unordered: *order == "unordered",
                    ..SendOptions::default()
                };
                let it = self.socket(peer(address, port)?);
                it.socket.send(message, &options).map_err(|error| {
                    let name = match error {
                        SendError::EmptyPayload => "EINVAL",
                        SendError::MessageTooLarge { .. } => "EMSGSIZE",
                        SendError::ResourceExhaustion => "EAGAIN",
                        SendError::ShuttingDown => "ESHUTDOWN",
                    };
                    format!("failed {name}")
                })
            }
            ["shutdown", address, port] => {
                self.socket(peer(address, port)?).socket.shutdown();
                Ok(())
            }
            ["abort", address, port] => {
                self.socket(peer(address, port)?).socket.close();
                Ok(())
            }
            _ => Err(format!("unsupported {}", words.join(" "))),
        }
    }

    fn option(&mut self, name: &str, value: &str) -> Answer {
        let options = &mut self.options;
        match (name, value) {
            ("interleaving-supported", _) => options.enable_message_interleaving = value == "true",
            ("pr-supported", _) => options.enable_partial_reliability = value == "true",
            ("rcvbuf", _) => options.max_receiver_window_buffer_size = number(value)?,
            // dcsctp has no such switches: it never waits to bundle, and answers every
            // RE-CONFIG in its own way.
            ("nodelay" | "reconfig-supported", "true") => {}
            ("fragment-interleave" | "enable-stream-reset", _) => {}
            _ => return Err(format!("unsupported option {name}")),
        }
        Ok(())
    }

    fn timer(&mut self, name: &str, value: &str) -> Answer {
        let options = &mut self.options;
        let time = Duration::from_millis(number(value)?);
        match name {
            "rto-initial" => {
                options.rto_initial = time;
                options.t1_init_timeout = time;
                options.t1_cookie_timeout = time;
            }
            "rto-min" => options.rto_min = time,
            "rto-max" => options.rto_max = time,
            "heartbeat-interval" => options.heartbeat_interval = time,
            "sack-delay" => options.delayed_ack_max_timeout = time,
            "association-max-retrans" => options.max_retransmissions = Some(number(value)?),
            "max-init-retransmits" => options.max_init_retransmits = Some(number(value)?),
            // With one path, the association's limit is the path's.
            "path-max-retrans" => {}
            _ => return Err(format!("unsupported timer {name}")),
        }
        Ok(())
    }

    fn socket(&mut self, peer: Peer) -> &mut Association {
        let options = Options {
            remote_port: peer.1,
            ..self.options.clone()
        };
        self.sockets.entry(peer).or_insert_with(|| Association {
            socket: dcsctp::new_socket("stack", &options),
            made: Instant::now(),
            was_up: false,
        })
    }

    /// Prints the events and messages of all sockets.
    fn tell(&mut self) {
        let Some(own) = self.address else {
            return;
        };
        for (peer, it) in &mut self.sockets {
            let (address, port) = peer;
            while let Some(event) = it.socket.poll_event() {
                let state = match event {
                    SocketEvent::SendPacket(packet) => {
                        println!("packet {own} {address} {}", encode(&packet));
                        continue;
                    }
                    SocketEvent::OnConnected() => {
                        it.was_up = true;
                        "SCTP_COMM_UP"
                    }
                    SocketEvent::OnConnectionRestarted() => "SCTP_RESTART",
                    SocketEvent::OnClosed() => "SCTP_SHUTDOWN_COMP",
                    SocketEvent::OnAborted(..) if it.was_up => "SCTP_COMM_LOST",
                    SocketEvent::OnAborted(..) => "SCTP_CANT_STR_ASSOC",
                    SocketEvent::OnIncomingStreamReset(streams) => {
                        let streams: Vec<String> = streams.iter().map(ToString::to_string).collect();
                        println!(
                            "notification {address} {port} SCTP_STREAM_RESET_EVENT \
                             strreset_flags=SCTP_STREAM_RESET_INCOMING_SSN \
                             strreset_stream_list={}",
                            if streams.is_empty() { "-".into() } else { streams.join(",") }
                        );
                        continue;
                    }
                    SocketEvent::OnError(kind, why) => {
                        eprintln!("{kind:?}: {why}");
                        continue;
                    }
                    _ => continue,
                };
                it.was_up = it.socket.state() != SocketState::Closed;
                let metrics = it.socket.get_metrics();
                let (out, inbound) = metrics.map_or((0, 0), |it| {
                    (
                        it.negotiated_maximum_outgoing_streams,
                        it.negotiated_maximum_incoming_streams,
                    )
                });
                println!(
                    "notification {address} {port} SCTP_ASSOC_CHANGE sac_state={state} \
                     sac_error=0 sac_outbound_streams={out} sac_inbound_streams={inbound}"
                );
            }
            while let Some(Message { stream_id, ppid, payload }) = it.socket.get_next_message() {
                // dcsctp tells neither the SSN nor the TSN.
                println!(
                    "received {address} {port} {stream_id} 0 {ppid} 0 {}",
                    encode(&payload)
                );
            }
        }
    }
}

impl Association {
    fn now(&self) -> SocketTime {
        SocketTime::zero() + self.made.elapsed()
    }
}

fn peer(address: &str, port: &str) -> Result<Peer, String> {
    let address = address.parse().map_err(|_| "failed EINVAL")?;
    Ok((address, number(port)?))
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| "failed EINVAL".to_owned())
}

fn encode(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "-".to_owned();
    }
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let text = if text == "-" { "" } else { text };
    let digits: Option<Vec<u32>> = text.chars().map(|it| it.to_digit(16)).collect();
    let pairs = digits?;
    let byte = |pair: &[u32]| u8::try_from(pair.first()? * 16 + pair.get(1)?).ok();
    pairs.chunks(2).map(byte).collect()
}
