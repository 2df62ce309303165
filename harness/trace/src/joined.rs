//! Groups addresses into hosts (a union-find structure).

use std::collections::HashMap;
use std::net::IpAddr;

/// Addresses, grouped into hosts.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    numbers: HashMap<IpAddr, usize>,
    /// For each address, the number of an earlier address of the same host; its own
    /// number if there is none.
    earlier: Vec<usize>,
}

impl Joined {
    /// The number of an address, if the address was seen.
    pub(crate) fn known(&self, address: IpAddr) -> Option<usize> {
        self.numbers.get(&address).copied()
    }

    pub(crate) fn number_of(&mut self, address: IpAddr) -> usize {
        let next = self.earlier.len();
        let number = *self.numbers.entry(address).or_insert(next);
        if number == next {
            self.earlier.push(next);
        }
        number
    }

    /// The host of an address, as the number of its earliest one.
    pub(crate) fn host_of(&mut self, number: usize) -> usize {
        let mut host = number;
        while self.earlier[host] != host {
            // Shortens the chain for the next search.
            self.earlier[host] = self.earlier[self.earlier[host]];
            host = self.earlier[host];
        }
        host
    }

    /// Records that two addresses belong to one host.
    pub(crate) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.host_of(one), self.host_of(other));
        let (first, later) = (one.min(other), one.max(other));
        self.earlier[later] = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_has_the_earliest_address_as_its_host() {
        let mut joined = Joined::default();
        let numbers: Vec<usize> = (1..=5)
            .map(|last| joined.number_of([10, 0, 0, last].into()))
            .collect();
        joined.join(numbers[4], numbers[2]);
        joined.join(numbers[2], numbers[3]);
        joined.join(numbers[1], numbers[4]);
        let hosts: Vec<usize> = numbers.iter().map(|it| joined.host_of(*it)).collect();
        assert_eq!(hosts, [0, 1, 1, 1, 1]);
        assert_eq!(joined.number_of([10, 0, 0, 3].into()), 2);
    }
}
