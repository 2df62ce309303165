//! Selects the changes of a path that are shown in the ladder.

use std::collections::BTreeMap;
use std::net::IpAddr;

use recording::{AssociationName, PathSample};

/// Remembers what was shown of each path last.
///
/// A change is shown where the path's state or its error count changes. Where the error
/// count is not known, it is shown where the RTO has at least doubled or halved. All
/// other values change with every acknowledgement.
#[derive(Debug, Default)]
pub(crate) struct PathNotes {
    said: BTreeMap<(String, AssociationName, IpAddr), PathSample>,
}

impl PathNotes {
    /// The words for a change of a path, if it is shown.
    pub(crate) fn take_in(
        &mut self,
        endpoint: &str,
        association: &AssociationName,
        sample: &PathSample,
    ) -> Option<String> {
        let path = (endpoint.to_owned(), association.clone(), sample.address);
        let is_news = match self.said.get(&path) {
            None => sample.state != ACTIVE,
            Some(said) => said.state != sample.state || has_backed_off(said, sample),
        };
        let text = is_news.then(|| words(self.said.get(&path), sample));
        if is_news || !self.said.contains_key(&path) {
            self.said.insert(path, sample.clone());
        }
        text
    }
}

const ACTIVE: &str = "SCTP_ACTIVE";

fn has_backed_off(said: &PathSample, now: &PathSample) -> bool {
    match (said.error_count, now.error_count) {
        (Some(said), Some(now)) => said != now,
        _ => {
            now.rto_ms >= said.rto_ms.saturating_mul(2)
                || said.rto_ms >= now.rto_ms.max(1).saturating_mul(2)
        }
    }
}

/// Words such as `10.0.1.2 is SCTP_POTENTIALLY_FAILED, error count 1, RTO 2 s`.
fn words(said: Option<&PathSample>, now: &PathSample) -> String {
    let mut parts = Vec::new();
    if said.is_none_or(|said| said.state != now.state) {
        parts.push(format!("is {}", now.state));
    }
    if let Some(errors) = now.error_count
        && (errors > 0 || said.is_some_and(|said| said.error_count.is_some_and(|it| it > 0)))
    {
        parts.push(format!("error count {errors}"));
    }
    parts.push(format!("RTO {}", seconds(now.rto_ms)));
    format!("{} {}", now.address, parts.join(", "))
}

/// Milliseconds as seconds, without trailing zeroes.
fn seconds(milliseconds: u32) -> String {
    let decimals = format!("{:03}", milliseconds % 1000);
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{}{point}{decimals} s", milliseconds / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(state: &str, error_count: Option<u32>, rto_ms: u32) -> PathSample {
        PathSample {
            address: "10.0.1.2".parse().unwrap(),
            primary: true,
            state: state.into(),
            cwnd: 4380,
            srtt_ms: 20,
            rto_ms,
            mtu: 1500,
            ssthresh: None,
            flight: None,
            error_count,
        }
    }

    fn said(samples: &[PathSample]) -> Vec<Option<String>> {
        let mut notes = PathNotes::default();
        samples
            .iter()
            .map(|it| notes.take_in("client", &"client-server".into(), it))
            .collect()
    }

    #[test]
    fn a_path_that_fails_is_told_step_by_step_and_nothing_else_is() {
        let texts = said(&[
            sample("SCTP_ACTIVE", Some(0), 3000),
            sample("SCTP_ACTIVE", Some(0), 1060),
            sample("SCTP_POTENTIALLY_FAILED", Some(1), 2120),
            sample("SCTP_POTENTIALLY_FAILED", Some(1), 2120),
            sample("SCTP_POTENTIALLY_FAILED", Some(2), 4000),
            sample("SCTP_ACTIVE", Some(0), 1000),
        ]);
        let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
        assert_eq!(
            texts,
            [
                None,
                None,
                Some("10.0.1.2 is SCTP_POTENTIALLY_FAILED, error count 1, RTO 2.12 s"),
                None,
                Some("10.0.1.2 error count 2, RTO 4 s"),
                Some("10.0.1.2 is SCTP_ACTIVE, error count 0, RTO 1 s"),
            ]
        );
    }

    #[test]
    fn without_an_error_count_the_timer_tells() {
        let texts = said(&[
            sample("SCTP_UNCONFIRMED", None, 3000),
            sample("SCTP_UNCONFIRMED", None, 6000),
            sample("SCTP_UNCONFIRMED", None, 6500),
        ]);
        assert_eq!(
            texts,
            [
                Some("10.0.1.2 is SCTP_UNCONFIRMED, RTO 3 s".to_owned()),
                Some("10.0.1.2 RTO 6 s".to_owned()),
                None,
            ]
        );
    }
}
