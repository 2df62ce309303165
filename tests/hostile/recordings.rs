//! Hostile recordings of a million bytes, each with one long list.

use std::fs;
use std::path::Path;

use bytes::Bytes;
use recording::{
    Direction, Ended, Engine, FORMAT, INFO, Info, Interface, OBSERVATIONS, Packet, Recording,
    SCENARIO, Time,
};

use crate::SCENARIO as TWO_HOSTS;
use crate::bytes::{data, init, ip, sctp, sctp_between};

/// The most bytes of each of the two long files.
const SIZE: usize = 1_000_000;

/// A kind of recording.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    write: fn(&Path) -> Result<(), String>,
}

impl Kind {
    pub(crate) fn write(&self, folder: &Path) -> Result<(), String> {
        (self.write)(folder)
    }
}

pub(crate) const ALL: &[Kind] = &[
    kind("packets-of-chunks", |to| {
        packets(to, |_| sctp(1, &[11, 0, 0, 4].repeat(16_000)))
    }),
    kind("packets-of-parameters", |to| {
        packets(to, |_| sctp(0, &init(&[0xc0, 0, 0, 4].repeat(16_000))))
    }),
    kind("packets-of-gaps", |to| packets(to, |_| sctp(1, &gaps()))),
    kind("packets-of-tsns", |to| {
        packets(to, |number| {
            let tsns = 64 * number..64 * (number + 1);
            sctp(1, &tsns.flat_map(data).collect::<Vec<_>>())
        })
    }),
    kind("small-packets", |to| {
        packets(to, |_| sctp(1, &[11, 0, 0, 4]))
    }),
    kind("heartbeats", |to| {
        packets(to, |_| sctp(1, &[4, 0, 0, 8, 0, 1, 0, 4]))
    }),
    kind("inits", |to| {
        packets(to, |number| {
            let mut chunk = init(&[]);
            chunk[4..8].copy_from_slice(&(number + 1).to_be_bytes());
            sctp_between(number as u16, 5000, 0, &chunk)
        })
    }),
    kind("many-associations", |to| {
        observed(to, |number| {
            format!(
                r#"{{"at":{number},"event":"association-begun","endpoint":"client","association":"a#{number}","peer":"server","local":{{"port":{0},"addresses":["10.0.0.1"]}},"remote":{{"port":5000,"addresses":["10.0.0.2"]}}}}"#,
                number % 65_536
            )
        })
    }),
    kind("many-steps", |to| {
        observed(to, |number| match number % 2 {
            0 => format!(
                r#"{{"at":{number},"event":"step-started","step":"s{number}","words":"","acts":true}}"#
            ),
            _ => format!(
                r#"{{"at":{number},"event":"step-ended","step":"s{}","outcome":{{"how":"done"}}}}"#,
                number - 1
            ),
        })
    }),
    kind("many-paths", |to| {
        observed(to, |number| {
            let [_, a, b, c] = number.to_be_bytes();
            format!(
                r#"{{"at":{number},"event":"path","endpoint":"client","association":"a","address":"10.{a}.{b}.{c}","primary":false,"state":"SCTP_ACTIVE","cwnd":1,"srtt-ms":1,"rto-ms":{number},"mtu":1500}}"#
            )
        })
    }),
    kind("many-messages", |to| {
        observed(to, |number| {
            format!(
                r#"{{"at":{number},"event":"sent","endpoint":"client","to":"server","step":"s","number":{number},"size":1}}"#
            )
        })
    }),
    kind("many-calls", |to| {
        observed(to, |number| {
            format!(
                r#"{{"at":{number},"event":"call","endpoint":"client","call":"bind","arguments":"{number}","result":{{"Ok":""}}}}"#
            )
        })
    }),
    kind("lists-in-one-observation", |to| {
        let fields = (0..60_000).map(|number| format!(r#""f{number}":1"#));
        let fields = fields.collect::<Vec<_>>().join(",");
        nothing(to)?;
        let line = format!(
            r#"{{"at":1,"event":"notification","endpoint":"client","name":"SCTP_X","fields":{{{fields}}}}}"#
        );
        put(to, OBSERVATIONS, line.as_bytes())
    }),
    kind("deep-json", |to| {
        nothing(to)?;
        put(to, OBSERVATIONS, "[".repeat(SIZE).as_bytes())
    }),
    kind("many-interfaces", |to| {
        let ends = (0..8_000).map(|number| Interface {
            node: format!("node-{number}"),
            link: format!("link-{}", number / 2),
        });
        write(to, ends.collect(), Vec::new())
    }),
    kind("a-long-info", |to| {
        nothing(to)?;
        put(to, INFO, &vec![b' '; 500 << 20])
    }),
    kind("endless-observations", |to| {
        nothing(to)?;
        fs::remove_file(to.join(OBSERVATIONS)).map_err(|error| error.to_string())?;
        std::os::unix::fs::symlink("/dev/zero", to.join(OBSERVATIONS))
            .map_err(|error| error.to_string())
    }),
    kind("a-long-scenario", |to| {
        nothing(to)?;
        let remarks = "# nothing\n".repeat(SIZE / 10);
        put(to, SCENARIO, format!("{TWO_HOSTS}{remarks}").as_bytes())
    }),
];

const fn kind(name: &'static str, write: fn(&Path) -> Result<(), String>) -> Kind {
    Kind { name, write }
}

/// A SACK with as many gap ack blocks as a packet has room for.
fn gaps() -> Vec<u8> {
    let count: u16 = 16_000;
    let length = (16 + 4 * count).to_be_bytes();
    let count = count.to_be_bytes();
    let head = [3, 0, length[0], length[1], 0, 0, 0, 1, 0, 1, 0, 0];
    let gaps = (1..=16_000_u16).flat_map(|gap| {
        let at = (2 * gap).to_be_bytes();
        [at[0], at[1], at[0], at[1]]
    });
    head.into_iter()
        .chain([count[0], count[1], 0, 0])
        .chain(gaps)
        .collect()
}

fn write(to: &Path, interfaces: Vec<Interface>, packets: Vec<Packet>) -> Result<(), String> {
    let recording = Recording {
        info: Info {
            format: FORMAT,
            scenario: "two-hosts".to_owned(),
            sabotage: None,
            engine: Engine::Vm,
            kernel: "Linux 6.1.0".to_owned(),
            seed: None,
            exact: None,
            uptime: None,
            late: None,
            complaint: None,
            ended: Ended::Complete,
            duration: Time::from_nanos(1_000_000_000),
        },
        scenario: TWO_HOSTS.to_owned(),
        interfaces,
        packets,
        observations: Vec::new(),
    };
    recording.write(to).map_err(|error| error.to_string())
}

fn put(to: &Path, file: &str, content: &[u8]) -> Result<(), String> {
    fs::write(to.join(file), content).map_err(|error| error.to_string())
}

fn two_ends() -> Vec<Interface> {
    let end = |node: &str| Interface {
        node: node.to_owned(),
        link: "path-a".to_owned(),
    };
    vec![end("client"), end("server")]
}

fn nothing(to: &Path) -> Result<(), String> {
    write(to, two_ends(), Vec::new())
}

/// Writes packets from one host to the other, captured at both ends.
fn packets(to: &Path, packet: fn(u32) -> Vec<u8>) -> Result<(), String> {
    let mut packets = Vec::new();
    let mut size = 0;
    for number in 0_u32.. {
        let ethernet = [&[0; 12][..], &[8, 0]].concat();
        let frame: Bytes = [ethernet, ip(1, 2, &packet(number))].concat().into();
        size += 2 * (frame.len() + 44);
        if size > SIZE {
            break;
        }
        let at = Time::from_nanos(u64::from(number) * 1_000_000);
        for (interface, direction) in [(0, Direction::Out), (1, Direction::In)] {
            let frame = frame.clone();
            packets.push(Packet {
                at,
                interface,
                direction,
                frame,
                fault: None,
            });
        }
    }
    write(to, two_ends(), packets)
}

fn observed(to: &Path, line: fn(u32) -> String) -> Result<(), String> {
    nothing(to)?;
    let mut text = String::new();
    for number in 0.. {
        let line = line(number);
        if text.len() + line.len() > SIZE {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    put(to, OBSERVATIONS, text.as_bytes())
}
