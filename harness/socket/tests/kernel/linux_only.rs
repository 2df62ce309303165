//! Options that Linux alone has.

use std::time::Duration;

use sctp_socket::Message;
use sctp_socket::option::{AssocStats, Path, PlpmtudProbeInterval};

use crate::support::{self, Outcome, Test, message, pair, same};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![counters_count, the_probe_interval_is_read_back]
}

async fn counters_count() -> Outcome {
    let pair = pair().await?;
    pair.client
        .send(&Message::new(b"one").assoc_id(pair.to_server))
        .await?;
    message(&pair.server).await?;
    let stats: AssocStats = pair.client.get(pair.to_server)?;
    same!((stats.ordered_out, stats.unordered_out), (1, 0));
    same!(stats.packets_out > 2 && stats.retransmitted == 0, true);
    Ok(())
}

async fn the_probe_interval_is_read_back() -> Outcome {
    let pair = pair().await?;
    let option = PlpmtudProbeInterval {
        path: Path::to(pair.to_server, pair.server_address),
        interval: Duration::from_secs(7),
    };
    pair.client.set(&option)?;
    same!(
        pair.client.get::<PlpmtudProbeInterval>(option.path)?,
        option
    );
    Ok(())
}
