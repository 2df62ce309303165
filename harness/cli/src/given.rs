//! What is said of a capture on the command line, `NAME=VALUE`.

use std::net::IpAddr;
use std::str::FromStr;

/// The addresses of a node: `client=192.0.2.1,198.51.100.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeAddresses {
    pub(crate) node: String,
    pub(crate) addresses: Vec<IpAddr>,
}

/// The end of a step: `cut=10.4`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moment {
    pub(crate) step: String,
    pub(crate) nanoseconds: u64,
}

impl FromStr for NodeAddresses {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (node, list) = text
            .split_once('=')
            .ok_or("expected NODE=ADDRESS,ADDRESS...")?;
        let addresses = list.split(',').map(|address| {
            let parsed = address.trim().parse();
            parsed.map_err(|_| format!("`{address}` is no IP address"))
        });
        Ok(Self {
            node: node.to_owned(),
            addresses: addresses.collect::<Result<_, String>>()?,
        })
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (step, seconds) = text.split_once('=').ok_or("expected STEP=SECONDS")?;
        let seconds: f64 = seconds
            .parse()
            .map_err(|_| format!("`{seconds}` is no number of seconds"))?;
        let time = std::time::Duration::try_from_secs_f64(seconds)
            .map_err(|_| format!("`{seconds}` is no time"))?;
        Ok(Self {
            step: step.to_owned(),
            nanoseconds: u64::try_from(time.as_nanos()).map_err(|_| "too long a time")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        let given: NodeAddresses = "client=10.0.1.1,2001:db8::1".parse().unwrap();
        assert_eq!(given.addresses.len(), 2);
        let wrong = "client=10.0.1".parse::<NodeAddresses>().unwrap_err();
        assert_eq!(wrong, "`10.0.1` is no IP address");
        assert_eq!(
            "cut=1.5".parse::<Moment>().unwrap().nanoseconds,
            1_500_000_000
        );
        for wrong in ["cut", "cut=soon", "cut=-1", "cut=1e300", "cut=NaN"] {
            assert!(wrong.parse::<Moment>().is_err(), "{wrong}");
        }
    }
}
