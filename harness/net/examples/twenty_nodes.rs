//! Measures the time to build and to take down a large network: 20 nodes, 60 links, each
//! with addresses of both families and a delay.
//!
//! Measured: 0.2 s to build and 0.2 s to take down, on a two-core machine as
//! well as in an emulated one (Linux 6.1).
//!
//! `cargo run --release -p net --example twenty_nodes`; with the argument
//! `unshaped`, on a kernel without netem.

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(measure())
}

#[cfg(target_os = "linux")]
async fn measure() -> Result<(), Box<dyn std::error::Error>> {
    use std::time::{Duration, Instant};

    use net::{EndPlan, LinkPlan, Network, NodePlan, Plan, Shape};

    const NODES: u8 = 20;
    const LINKS: u8 = 60;

    let shape = match std::env::args().nth(1).as_deref() {
        Some("unshaped") => Shape::default(),
        _ => Shape {
            delay: Duration::from_millis(10),
            ..Shape::default()
        },
    };
    let node = |number: u8| format!("node-{}", number % NODES);
    let end = |number: u8, link: u8, host: u8| -> Result<EndPlan, ipnet::AddrParseError> {
        Ok(EndPlan::new(
            node(number),
            [
                format!("10.0.{link}.{host}/24").parse()?,
                format!("fd{link:02}::{host}/64").parse()?,
            ],
        ))
    };
    // Three rings, in which a node's neighbour is the next, the second next or the third
    // next node.
    let links = (0..LINKS)
        .map(|link| {
            let on = 1 + link / NODES;
            let one = end(link, link, 1)?;
            let other = end(link + on, link, 2)?;
            Ok(LinkPlan::new(format!("path-{link}"), one, other).shaped(shape))
        })
        .collect::<Result<_, ipnet::AddrParseError>>()?;
    let plan = Plan {
        nodes: (0..NODES)
            .map(|number| NodePlan::host(node(number)))
            .collect(),
        links,
        ..Plan::default()
    };

    let start = Instant::now();
    let network = Network::build(plan).await?;
    let built = start.elapsed();
    network.finish().await?;
    println!(
        "{NODES} nodes and {LINKS} links: built in {:.3} s, gone {:.3} s later",
        built.as_secs_f64(),
        (start.elapsed() - built).as_secs_f64()
    );
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {}
