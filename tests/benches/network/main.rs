//! Measures the time to build and to remove a network of 20 nodes and 60 links.
//!
//! `cargo bench --package tests --bench network`; `RUNS=10` for more runs.

use std::fmt::Write;
use std::process::ExitCode;
use std::time::Instant;

use recording::Engine;
use tests::{Figures, Lab, Wanted, lesson, runs, told};

const NODES: usize = 20;
/// Every node is linked to the next three: 60 links.
const REACH: usize = 3;

fn main() -> ExitCode {
    told(measure())
}

fn measure() -> Result<(), String> {
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    lab.prepare_vm(&lesson("multihoming-failover"));
    for (what, nodes, reach) in [
        ("2 nodes, 1 link", 2, 1),
        ("20 nodes, 60 links", NODES, REACH),
    ] {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let file = folder.path().join("network.yaml");
        std::fs::write(&file, scenario(nodes, reach)).map_err(|error| error.to_string())?;
        let wanted = Wanted::file(&file, Engine::Vm);
        let mut walls = Figures::default();
        let mut interfaces = 0;
        for _ in 0..runs(5) {
            let began = Instant::now();
            let ran = lab.run(&wanted)?;
            walls.add(began.elapsed());
            if ran.exit != Some(0) {
                return Err(ran.said);
            }
            interfaces = ran.recording.interfaces.len();
        }
        println!("{what} ({interfaces} interfaces), built, used, recorded and gone: {walls}");
    }
    Ok(())
}

/// One association over the first link.
fn scenario(nodes: usize, reach: usize) -> String {
    let mut text = String::from("title: A large network\nnodes:\n");
    for node in 0..nodes {
        let _ = writeln!(text, "  - node-{node}");
    }
    text.push_str("links:\n");
    for link in 0..links(nodes, reach) {
        let (one, step) = (link / reach, link % reach + 1);
        let other = (one + step) % nodes;
        let _ = writeln!(
            text,
            "  link-{link}: {{node-{one}: 10.0.{link}.1/24, node-{other}: 10.0.{link}.2/24, delay: 10ms}}"
        );
    }
    text.push_str(
        "endpoints:
  server: {node: node-1, listen: 5000, subscribe: all, addresses: 10.0.0.2}
  client: {node: node-0, subscribe: all, addresses: 10.0.0.1}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s}
  - send: {from: client, to: server, count: 10, size: 100}
  - close: client
  - expect: {at: server, notification: assoc-change, state: shutdown-comp, within: shutdown-bound}
assert:
  - delivered: {from: client, to: server}
",
    );
    text
}

/// The number of links. Two nodes have only one pair.
fn links(nodes: usize, reach: usize) -> usize {
    if nodes == 2 { 1 } else { nodes * reach }
}
