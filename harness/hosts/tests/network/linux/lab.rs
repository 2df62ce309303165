//! A network of the lab's machine and two hosts with an sshd each.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::UdpSocket;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use hosts::{Capture, Event, Interrupt, Target};
use net::{EndPlan, LinkPlan, Network, NodePlan, Plan};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use pcapng::CapturedPacket;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use trials::which;
use wire::frame::{ENCAPSULATION_PORT, Frame};
use wire::{Chunk, Packet, Ppid, Ssn, StreamId, Tsn, VerificationTag, chunk::Data};

use super::keys::{Keys, PORT};

/// The time limit for anything that must come, on a machine under load.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Three nodes: `lab` reaches `one` as 10.0.1.2 and `two` as 10.0.2.2. The link `path-a`
/// joins `one` (10.0.3.1) and `two` (10.0.3.2), which send SCTP packets in UDP over it.
pub(super) struct Lab {
    network: Network,
    _runtime: Runtime,
    folder: TempDir,
    sshds: Vec<Child>,
    sockets: [UdpSocket; 2],
}

/// The faults of an sshd.
#[derive(Clone, Copy, Default)]
pub(super) struct Sshd {
    /// The sshd has the host key `other`, which the client does not know.
    pub(super) other_key: bool,
    /// The programs that the sshd starts find no tcpdump.
    pub(super) no_tcpdump: bool,
}

impl Lab {
    pub(super) fn new() -> Self {
        Self::with([Sshd::default(); 2])
    }

    pub(super) fn with(sshds: [Sshd; 2]) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let end = |node: &str, address: &str| EndPlan::new(node, [address.parse().unwrap()]);
        let link = |name: &str, one, other| LinkPlan::new(name, one, other);
        let plan = Plan {
            nodes: ["lab", "one", "two"].map(NodePlan::host).to_vec(),
            links: vec![
                link(
                    "to-one",
                    end("lab", "10.0.1.1/24"),
                    end("one", "10.0.1.2/24"),
                ),
                link(
                    "to-two",
                    end("lab", "10.0.2.1/24"),
                    end("two", "10.0.2.2/24"),
                ),
                link(
                    "path-a",
                    end("one", "10.0.3.1/24"),
                    end("two", "10.0.3.2/24"),
                ),
            ],
            ..Plan::default()
        };
        let network = runtime.block_on(Network::build(plan)).unwrap();
        let socket = |node: &str, address: &str| {
            let bind = || UdpSocket::bind((address, ENCAPSULATION_PORT)).unwrap();
            network.node(node).unwrap().enter(bind).unwrap()
        };
        let sockets = [socket("one", "10.0.3.1"), socket("two", "10.0.3.2")];
        let mut lab = Self {
            network,
            _runtime: runtime,
            folder: tempfile::tempdir().unwrap(),
            sshds: Vec::new(),
            sockets,
        };
        for (node, sshd) in ["one", "two"].into_iter().zip(sshds) {
            lab.start(node, sshd);
        }
        lab
    }

    /// Runs `act` on a thread in the namespace of the node `lab`.
    pub(super) fn inside<T: Send>(&self, act: impl FnOnce() -> T + Send) -> T {
        self.at("lab", act)
    }

    pub(super) fn at<T: Send>(&self, node: &str, act: impl FnOnce() -> T + Send) -> T {
        self.network.node(node).unwrap().enter(act).unwrap()
    }

    /// Writes a file of targets. `ONE` and `TWO` in its lines become the address, port and
    /// key of host `one` and `two`.
    pub(super) fn file(&self, lines: &str) -> std::path::PathBuf {
        let key = Keys::path("user");
        let there = |host: &str| format!("host: {host}, port: {PORT}, key: {}", key.display());
        let text = lines
            .replace("ONE", &there("10.0.1.2"))
            .replace("TWO", &there("10.0.2.2"));
        let path = self.folder.path().join("targets.yaml");
        fs::write(&path, text).unwrap();
        path
    }

    pub(super) fn targets(&self, lines: &str) -> Vec<Target> {
        hosts::parse_file(&self.file(lines)).unwrap().0
    }

    pub(super) fn capture(&self, lines: &str) -> Running {
        let targets = self.targets(lines);
        let interrupt = Interrupt::default();
        let capture = self.inside(|| Capture::start(&targets, &interrupt, PATIENCE).unwrap());
        Running::new(capture, interrupt)
    }

    /// Sends a packet with this TSN over path-a: 0 is from `one`, 1 from `two`.
    pub(super) fn send(&self, from: usize, tsn: u32) {
        let data = Chunk::Data(Data {
            immediate: false,
            unordered: false,
            beginning: true,
            ending: true,
            tsn: Tsn(tsn),
            stream: StreamId(0),
            ssn: Ssn(0),
            ppid: Ppid(0),
            payload: "x".into(),
        });
        let packet = Packet::new(5000, 5001, VerificationTag(1), vec![data]);
        let to = ["10.0.3.2", "10.0.3.1"][from];
        let sent = self.sockets[from].send_to(&packet.encode(), (to, ENCAPSULATION_PORT));
        sent.unwrap();
    }

    fn start(&mut self, node: &str, sshd: Sshd) {
        let key = if sshd.other_key { "other" } else { "host" };
        let mut config = format!(
            "Port {PORT}\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
             PidFile none\nPermitRootLogin prohibit-password\n",
            Keys::path(key).display(),
            Keys::path("user.pub").display(),
        );
        if sshd.no_tcpdump {
            let tools = self.folder.path().join("tools");
            fs::create_dir(&tools).unwrap();
            for tool in ["sh", "date", "sed", "cat"] {
                std::os::unix::fs::symlink(which(tool).unwrap(), tools.join(tool)).unwrap();
            }
            config.push_str(&format!("SetEnv PATH={}\n", tools.display()));
        }
        let file = self.folder.path().join(format!("{node}-sshd"));
        fs::write(&file, config).unwrap();
        let mut started = self.at(node, || {
            Command::new(which("sshd").unwrap())
                .args(["-D", "-e", "-f"])
                .arg(&file)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        });
        let mut lines = BufReader::new(started.stderr.take().unwrap()).lines();
        self.sshds.push(started);
        let listens = lines
            .by_ref()
            .map_while(Result::ok)
            .any(|line| line.contains("Server listening"));
        assert!(listens, "sshd ended");
        // sshd goes on writing, and must not find the pipe full or closed.
        std::thread::spawn(move || lines.for_each(drop));
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        for sshd in &mut self.sshds {
            // Without the network, the sessions would never learn that their client is
            // gone.
            for session in sessions(sshd) {
                let _ = kill(session, Signal::SIGKILL);
            }
            let _ = sshd.kill();
            let _ = sshd.wait();
        }
    }
}

/// The processes that an sshd has started.
fn sessions(sshd: &Child) -> Vec<Pid> {
    let id = sshd.id();
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
    let children = children.unwrap_or_default();
    let children = children.split_whitespace();
    children
        .filter_map(|child| child.parse().ok().map(Pid::from_raw))
        .collect()
}

/// A capture under test. The capture is interrupted after `PATIENCE`, so that no test waits
/// for ever.
pub(super) struct Running {
    pub(super) capture: Capture,
    pub(super) interrupt: Interrupt,
    _done: mpsc::Sender<()>,
}

impl Running {
    fn new(capture: Capture, interrupt: Interrupt) -> Self {
        let (done, waits) = mpsc::channel::<()>();
        let watched = interrupt.clone();
        std::thread::spawn(move || {
            if waits.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                watched.call();
            }
        });
        Self {
            capture,
            interrupt,
            _done: done,
        }
    }

    /// The next `count` packets, which must come.
    pub(super) fn packets(&mut self, count: usize) -> Vec<CapturedPacket> {
        let mut packets = Vec::new();
        while packets.len() < count {
            match self.capture.next() {
                Some(Event::Packet(packet)) => packets.push(packet),
                other => panic!("{other:?} after {} packets", packets.len()),
            }
        }
        packets
    }

    /// Stops the capture, and returns the events that are left.
    pub(super) fn stopped(mut self) -> Vec<Event> {
        self.interrupt.call();
        self.capture.by_ref().collect()
    }

    /// The TSN of a packet that a test sent.
    pub(super) fn tsn(&self, packet: &CapturedPacket) -> u32 {
        let interface = &self.capture.interfaces()[packet.interface.0 as usize];
        let frame = Frame::decode_captured(interface.link_type, &packet.bytes).unwrap();
        let packet = Packet::decode(frame.sctp().unwrap()).unwrap();
        match &packet.chunks[..] {
            [Chunk::Data(data)] => data.tsn.0,
            other => panic!("{other:?}"),
        }
    }
}
