//! Interface features and carrier (`linux/ethtool.h`).
#![allow(unsafe_code)]

use std::io;
use std::net::UdpSocket;
use std::os::fd::AsRawFd;

use crate::error::NetError;

const SIOCETHTOOL: libc::Ioctl = 0x8946;
const ETHTOOL_GLINK: u32 = 0x0a;
const ETHTOOL_GSTRINGS: u32 = 0x1b;
const ETHTOOL_GSSET_INFO: u32 = 0x37;
const ETHTOOL_SFEATURES: u32 = 0x3b;
const ETH_SS_FEATURES: u32 = 4;
const ETH_GSTRING_LEN: usize = 32;
const WORD: usize = 4;

/// A socket for requests about the interfaces of one namespace.
#[derive(Debug)]
pub(super) struct Ethtool(UdpSocket);

/// The offloading features, by which hardware completes packets: a bit mask in words,
/// with the kernel's numbers.
#[derive(Clone, Debug)]
pub(super) struct Offloads(Vec<u32>);

impl Ethtool {
    /// Opens a socket in the namespace of the calling thread.
    pub(super) fn open() -> Result<Self, NetError> {
        // Any socket will do. An unbound one needs no address.
        UdpSocket::bind("0.0.0.0:0")
            .map(Self)
            .map_err(NetError::kernel("open a socket for interface settings"))
    }

    /// The features that are offloads. Their numbers are the same for all interfaces; the
    /// request only needs the name of some `interface`.
    pub(super) fn offloads(&self, interface: &str) -> Result<Offloads, NetError> {
        self.feature_names(interface)
            .map(|names| Offloads::among(&names))
            .map_err(NetError::kernel(format!(
                "read the features of interface `{interface}`"
            )))
    }

    fn feature_names(&self, interface: &str) -> io::Result<Vec<String>> {
        // struct ethtool_sset_info: cmd, reserved, mask of sets (64 bits), then the
        // number of strings in the requested set.
        let mut info = [ETHTOOL_GSSET_INFO, 0, 0, 0, 0];
        let mask = (1_u64 << ETH_SS_FEATURES).to_ne_bytes();
        info[2] = u32::from_ne_bytes([mask[0], mask[1], mask[2], mask[3]]);
        info[3] = u32::from_ne_bytes([mask[4], mask[5], mask[6], mask[7]]);
        self.ioctl(interface, &mut info)?;
        let count = info[4];

        // struct ethtool_gstrings: cmd, set, count, then the names.
        let header = 3;
        let words = count as usize * ETH_GSTRING_LEN / WORD;
        let mut strings = vec![0; header + words];
        strings[..header].copy_from_slice(&[ETHTOOL_GSTRINGS, ETH_SS_FEATURES, count]);
        self.ioctl(interface, &mut strings)?;
        let bytes: Vec<u8> = strings[header..]
            .iter()
            .flat_map(|word| word.to_ne_bytes())
            .collect();
        Ok(bytes
            .chunks(ETH_GSTRING_LEN)
            .map(|name| {
                let end = name.iter().position(|byte| *byte == 0);
                String::from_utf8_lossy(&name[..end.unwrap_or(name.len())]).into_owned()
            })
            .collect())
    }

    /// Switches offloading off: the kernel completes every packet with its checksum
    /// before `interface` gets it, and joins no packets.
    pub(super) fn switch_off(&self, offloads: &Offloads, interface: &str) -> Result<(), NetError> {
        // struct ethtool_sfeatures: cmd, number of words, then for each word the mask and
        // the values. Features that an interface cannot switch are left unchanged, which
        // a positive return value reports.
        let words = u32::try_from(offloads.0.len()).expect("a kernel has some dozen features");
        let mut features = vec![ETHTOOL_SFEATURES, words];
        for mask in &offloads.0 {
            features.extend([*mask, 0]);
        }
        self.ioctl(interface, &mut features)
            .map_err(NetError::kernel(format!(
                "switch off the offloads of interface `{interface}`"
            )))
    }

    /// Whether `interface` has a carrier.
    ///
    /// The request makes the kernel process a change of the carrier at once instead of
    /// later. Until a change is processed, a new interface drops all frames that it is to
    /// send. So this request also replaces waiting for a link.
    pub(super) fn carrier(&self, interface: &str) -> Result<bool, NetError> {
        let mut value = [ETHTOOL_GLINK, 0];
        self.ioctl(interface, &mut value)
            .map_err(NetError::kernel(format!(
                "read the carrier of interface `{interface}`"
            )))?;
        Ok(value[1] != 0)
    }

    fn ioctl(&self, interface: &str, data: &mut [u32]) -> io::Result<()> {
        // SAFETY: all zeroes are a valid ifreq.
        let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
        // The last byte stays zero, since it ends the name.
        let room = request.ifr_name.len() - 1;
        for (to, from) in request.ifr_name[..room].iter_mut().zip(interface.bytes()) {
            // Whether a char has a sign differs between architectures.
            *to = from as libc::c_char;
        }
        request.ifr_ifru.ifru_data = data.as_mut_ptr().cast();
        // SAFETY: the command in `data` tells the kernel how much of it to use,
        // and each caller has made it that long; `request` and `data` outlive
        // the call.
        let answer = unsafe { libc::ioctl(self.0.as_raw_fd(), SIOCETHTOOL, &raw mut request) };
        if answer < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }
}

impl Offloads {
    fn among(names: &[String]) -> Self {
        let mut masks = vec![0; names.len().div_ceil(32)];
        for (bit, name) in names.iter().enumerate() {
            if is_offload(name) {
                masks[bit / 32] |= 1 << (bit % 32);
            }
        }
        Self(masks)
    }
}

/// Whether the feature is an offload, by its name in the kernel (`net/ethtool/common.c`).
fn is_offload(feature: &str) -> bool {
    feature.contains("checksum")
        || feature.contains("segmentation")
        || feature.contains("scatter-gather")
        || feature.starts_with("rx-gro")
        || feature == "rx-lro"
}
