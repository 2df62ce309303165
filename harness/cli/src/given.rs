//! Values of command line options.

use std::fmt::{self, Display, Formatter};
use std::net::IpAddr;
use std::num::{NonZeroU8, NonZeroU64};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

/// The addresses of a node: `client=192.0.2.1,198.51.100.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeAddresses {
    pub(crate) node: String,
    pub(crate) addresses: Vec<IpAddr>,
}

/// A program and its file: `server=./server`; with the name alone, the one on `PATH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) path: Option<PathBuf>,
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = match text.split_once('=') {
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (text, None),
        };
        let is_empty = path.as_ref().is_some_and(|it| it.as_os_str().is_empty());
        if name.is_empty() || name.contains('/') || is_empty {
            return Err(format!(
                "`{text}` names no program: expected the name in the scenario and the file, such \
                 as server=./server"
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            path,
        })
    }
}

/// The value of a parameter: `rto-min=80ms`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok(Self {
                name: name.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err(format!(
                "`{text}` sets nothing: expected a parameter and its value, such as rto-min=80ms"
            )),
        }
    }
}

/// A kernel: the lab's own kernel of an engine (`vm`, `uml`), the kernels of Debian's
/// releases (`debian`), or the path of a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GivenKernel {
    OfVm,
    OfUml,
    OfDebian,
    At(PathBuf),
}

impl GivenKernel {
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::OfVm | Self::OfUml | Self::OfDebian => None,
            Self::At(path) => Some(path),
        }
    }
}

impl FromStr for GivenKernel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "" => Err("expected `vm`, `uml`, `debian`, or the path of a kernel".to_owned()),
            "vm" => Ok(Self::OfVm),
            "uml" => Ok(Self::OfUml),
            "debian" => Ok(Self::OfDebian),
            path => Ok(Self::At(path.into())),
        }
    }
}

impl Display for GivenKernel {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::OfVm => f.write_str("vm"),
            Self::OfUml => f.write_str("uml"),
            Self::OfDebian => f.write_str("debian"),
            Self::At(path) => path.display().fmt(f),
        }
    }
}

/// The end of a step: `cut=10.4`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moment {
    pub(crate) step: String,
    pub(crate) nanoseconds: u64,
}

/// The size of a file in bytes: `10MB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) NonZeroU64);

/// How many seconds of a capture go by in one second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Speed(pub(crate) f64);

/// A timer: `100ms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timer(pub(crate) Duration);

/// How many paths there are: `2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count(pub(crate) NonZeroU8);

impl FromStr for Timer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const UNITS: [(&str, u64); 4] =
            [("ms", 1), ("min", 60_000), ("s", 1_000), ("h", 3_600_000)];
        let wrong = || format!("`{text}` is no timer: expected a time such as 100ms, 1.5s or 2min");
        let unit = UNITS
            .iter()
            .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, *size)));
        let (number, size) = unit.ok_or_else(wrong)?;
        let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 9 {
            return Err(wrong());
        }
        let nanoseconds = size * 1_000_000;
        let whole = whole
            .parse::<u64>()
            .ok()
            .and_then(|it| it.checked_mul(nanoseconds));
        let scale = 10_u64.pow(u32::try_from(part.len()).map_err(|_| wrong())?);
        let part = part.parse::<u64>().unwrap_or(0).checked_mul(nanoseconds);
        let (Some(whole), Some(part)) = (whole, part) else {
            return Err(format!(
                "`{text}` is longer than any timer: they have 32 bits of milliseconds"
            ));
        };
        let time = Duration::from_nanos(whole.saturating_add(part / scale));
        if time < Duration::from_millis(1) {
            return Err(format!(
                "`{text}` is no timer: they count whole milliseconds, 1 or more"
            ));
        }
        if time.as_millis() > u128::from(u32::MAX) {
            return Err(format!(
                "`{text}` is longer than any timer: they have 32 bits of milliseconds"
            ));
        }
        Ok(Self(time))
    }
}

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let count = text.parse().map(Self);
        count.map_err(|_| format!("`{text}` is no number of paths: expected 1 to 255"))
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const UNITS: [(&str, u64); 3] = [("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)];
        let unit = UNITS
            .iter()
            .find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, *bytes)));
        let (number, bytes) = unit.unwrap_or((text, 1));
        let size = number.trim().parse::<u64>().ok();
        size.and_then(|size| NonZeroU64::new(size.checked_mul(bytes)?))
            .map(Self)
            .ok_or_else(|| format!("`{text}` is no size: expected bytes, or as in 10MB"))
    }
}

impl FromStr for Speed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(speed) if speed > 0.0 && f64::is_finite(speed) => Ok(Self(speed)),
            _ => Err(format!(
                "`{text}` is no speed: 1 is real time, 10 ten times as fast"
            )),
        }
    }
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
    fn whatever_is_given_is_a_value_or_refused() {
        let numbers = [
            "",
            "0",
            "1",
            "-1",
            "1e308",
            "1e-308",
            "NaN",
            "18446744073709551616",
        ];
        let parts = [
            "",
            ".",
            ".5",
            ".000000001",
            ".00000000000000000000000001",
            "é",
        ];
        let units = [
            "", "s", "ms", "min", "h", "MB", "GB", "=", "=1", "=::", ",", "\u{1b}",
        ];
        for number in numbers {
            for part in parts {
                for unit in units {
                    let text = format!("{number}{part}{unit}");
                    let texts = [
                        text.clone(),
                        format!("{unit}={text}"),
                        format!("a={text},{text}"),
                    ];
                    for text in &texts {
                        let _ = text.parse::<Timer>();
                        let _ = text.parse::<Count>();
                        let _ = text.parse::<Size>();
                        let _ = text.parse::<Speed>();
                        let _ = text.parse::<NodeAddresses>();
                        let _ = text.parse::<Moment>();
                    }
                }
            }
        }
    }

    #[test]
    fn sizes_have_units_and_speeds_are_positive() {
        let size = |text: &str| text.parse::<Size>().map(|Size(size)| size.get());
        assert_eq!(size("10MB"), Ok(10_000_000));
        assert_eq!(size("512"), Ok(512));
        for wrong in ["", "0", "-1", "MB", "10 apples", "99999999999GB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!("0.5".parse(), Ok(Speed(0.5)));
        for wrong in ["0", "-1", "inf", "NaN", "fast"] {
            assert!(wrong.parse::<Speed>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn timers_have_units_and_32_bits_of_milliseconds() {
        let timer = |text: &str| text.parse::<Timer>().map(|Timer(time)| time.as_millis());
        assert_eq!(timer("100ms"), Ok(100));
        assert_eq!(timer("1.5s"), Ok(1_500));
        assert_eq!(timer("2min"), Ok(120_000));
        assert_eq!(timer("4294967295ms"), Ok(4_294_967_295));
        for wrong in [
            "",
            "1",
            "s",
            "-1s",
            "1..5s",
            "0s",
            "0.1ms",
            "4294967296ms",
            "99999999999999999999h",
            "1e3s",
            "1.0000000000s",
            "∞s",
        ] {
            assert!(timer(wrong).is_err(), "{wrong}");
        }
        assert!("0".parse::<Count>().is_err());
    }

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

    /// A program without a name, with a path for its name or without a file behind `=` is
    /// refused, and so is a parameter without a name or a value.
    #[test]
    fn programs_and_parameters_are_names_with_values() {
        let named: Named = "server=./a=b".parse().unwrap();
        assert_eq!(named.name, "server");
        assert_eq!(named.path, Some("./a=b".into()));
        assert_eq!("socat".parse::<Named>().unwrap().path, None);
        for wrong in ["", "=", "=./server", "server=", "./server", "bin/x=./x"] {
            assert!(wrong.parse::<Named>().is_err(), "{wrong}");
        }
        let setting: Setting = "note=a=b".parse().unwrap();
        assert_eq!(
            (setting.name.as_str(), setting.value.as_str()),
            ("note", "a=b")
        );
        for wrong in ["", "=", "loss", "loss=", "=1%"] {
            assert!(wrong.parse::<Setting>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_kernel_is_one_of_the_lab_or_a_path_and_is_shown_as_it_was_given() {
        for given in ["vm", "uml", "debian", "./vm", "/boot/vmlinuz"] {
            let kernel: GivenKernel = given.parse().unwrap();
            assert_eq!(kernel.to_string(), given);
            let is_path = given.contains('/');
            assert_eq!(kernel.path().is_some(), is_path, "{given}");
        }
        assert!("".parse::<GivenKernel>().is_err());
    }
}
