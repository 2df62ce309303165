//! A small cache of lookups: successive packets often have the same key.

/// Number of keys that are remembered.
const REMEMBERED: usize = 8;

/// The last few keys that were looked up, and their values.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    known: [Option<(K, V)>; REMEMBERED],
    oldest: usize,
}

impl<K: Copy, V: Copy> Default for Recent<K, V> {
    fn default() -> Self {
        Self {
            known: [None; REMEMBERED],
            oldest: 0,
        }
    }
}

impl<K: Copy + PartialEq, V: Copy> Recent<K, V> {
    /// The value of the key, if the key is one of the last few.
    #[inline]
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let known = self.known.iter().flatten().find(|(it, _)| it == key);
        known.map(|(_, value)| *value)
    }

    pub(crate) fn remember(&mut self, key: K, value: V) {
        self.known[self.oldest] = Some((key, value));
        self.oldest = (self.oldest + 1) % REMEMBERED;
    }
}
