//! Transport addresses in the kernel's binary layout.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use zerocopy::{FromBytes, FromZeros, IntoBytes};

use crate::sys::{self, sockaddr_in, sockaddr_in6, sockaddr_storage};

/// The address as a `sockaddr_in` or `sockaddr_in6`.
pub(crate) fn encode(address: SocketAddr) -> Vec<u8> {
    match address {
        SocketAddr::V4(v4) => from_v4(v4).as_bytes().to_vec(),
        SocketAddr::V6(v6) => from_v6(v6).as_bytes().to_vec(),
    }
}

/// Concatenated addresses, the packed form that `sctp_bindx` takes (RFC 6458 section
/// 9.1).
pub(crate) fn encode_list(addresses: &[SocketAddr]) -> Vec<u8> {
    addresses.iter().copied().flat_map(encode).collect()
}

/// The address in a `sockaddr_storage`; all zeros, the wildcard address, for `None`.
pub(crate) fn storage(address: Option<SocketAddr>) -> sockaddr_storage {
    let mut storage = sockaddr_storage::new_zeroed();
    if let Some(address) = address {
        let bytes = encode(address);
        storage.as_mut_bytes()[..bytes.len()].copy_from_slice(&bytes);
    }
    storage
}

/// The address at the start of `bytes`, and its length; `None` if no whole address of a
/// known family is there.
pub(crate) fn decode(bytes: &[u8]) -> Option<(SocketAddr, usize)> {
    match family(bytes)? {
        sys::AF_INET => {
            let (raw, _) = sockaddr_in::read_from_prefix(bytes).ok()?;
            let ip = Ipv4Addr::from(raw.sin_addr);
            let address = SocketAddrV4::new(ip, u16::from_be_bytes(raw.sin_port));
            Some((address.into(), size_of::<sockaddr_in>()))
        }
        sys::AF_INET6 => {
            let (raw, _) = sockaddr_in6::read_from_prefix(bytes).ok()?;
            let address = SocketAddrV6::new(
                Ipv6Addr::from(raw.sin6_addr),
                u16::from_be_bytes(raw.sin6_port),
                u32::from_be_bytes(raw.sin6_flowinfo),
                raw.sin6_scope_id,
            );
            Some((address.into(), size_of::<sockaddr_in6>()))
        }
        _ => None,
    }
}

/// The concatenated addresses in `bytes`.
pub(crate) fn decode_list(mut bytes: &[u8]) -> Vec<SocketAddr> {
    let mut addresses = Vec::new();
    while let Some((address, length)) = decode(bytes) {
        addresses.push(address);
        bytes = &bytes[length..];
    }
    addresses
}

#[cfg(target_os = "linux")]
fn family(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().map(|raw| u16::from_ne_bytes(*raw))
}

#[cfg(target_os = "freebsd")]
fn family(bytes: &[u8]) -> Option<u16> {
    bytes.get(1).copied().map(u16::from)
}

fn from_v4(address: SocketAddrV4) -> sockaddr_in {
    sockaddr_in {
        #[cfg(target_os = "freebsd")]
        sin_len: size_of::<sockaddr_in>() as u8,
        sin_family: sys::AF_INET as _,
        sin_port: address.port().to_be_bytes(),
        sin_addr: address.ip().octets(),
        sin_zero: [0; 8],
    }
}

fn from_v6(address: SocketAddrV6) -> sockaddr_in6 {
    sockaddr_in6 {
        #[cfg(target_os = "freebsd")]
        sin6_len: size_of::<sockaddr_in6>() as u8,
        sin6_family: sys::AF_INET6 as _,
        sin6_port: address.port().to_be_bytes(),
        sin6_flowinfo: address.flowinfo().to_be_bytes(),
        sin6_addr: address.ip().octets(),
        sin6_scope_id: address.scope_id(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_both_families_comes_back_with_its_scope() {
        let link_local = SocketAddrV6::new("fe80::1".parse().unwrap(), 5000, 7, 3);
        let list = [
            "10.0.1.2:5000".parse().unwrap(),
            link_local.into(),
            "[2001:db8::2]:1".parse().unwrap(),
        ];
        assert_eq!(decode_list(&encode_list(&list)), list);
    }

    #[test]
    fn a_storage_is_the_address_and_zeros() {
        let address = "192.0.2.9:38412".parse().unwrap();
        let storage = storage(Some(address));
        let (decoded, length) = decode(storage.as_bytes()).unwrap();
        assert_eq!(decoded, address);
        assert!(storage.as_bytes()[length..].iter().all(|byte| *byte == 0));
    }

    #[test]
    fn no_address_and_a_cut_address_are_none() {
        assert_eq!(decode(storage(None).as_bytes()), None);
        let whole = encode("[::1]:9".parse().unwrap());
        for length in 0..whole.len() {
            assert_eq!(decode(&whole[..length]), None, "{length} bytes");
        }
    }
}
