//! Mutates inputs at random.

use fuzzed::Form;

/// Numbers at the limits of fields and types.
const NUMBERS: [u64; 12] = [
    0,
    1,
    0x7f,
    0xff,
    0x7fff,
    0xffff,
    0x7fff_ffff,
    0xffff_ffff,
    0x8000_0000,
    0x7fff_ffff_ffff_ffff,
    u64::MAX - 1,
    u64::MAX,
];

/// Words that mean something in one of the languages.
const WORDS: [&str; 24] = [
    "18446744073709551615",
    "-9223372036854775808",
    "1e308",
    "0",
    "0s",
    "99999999h",
    "10.0.1.1/24",
    "fd00::1/64",
    "::",
    "all",
    "expect",
    "cut",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "\n  - ",
    "\"",
    "null",
    "\\u0000",
    "\u{1b}[2J",
    "é",
    "..",
];

/// Mutates inputs. The same seed gives the same mutations.
pub(crate) struct Mutation {
    state: u64,
    form: Form,
    /// Whether the present input is mutated as text.
    is_text: bool,
}

impl Mutation {
    pub(crate) fn new(seed: u64, form: Form) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            form,
            is_text: false,
        }
    }

    /// One of the inputs, mutated in a few places.
    pub(crate) fn of(&mut self, inputs: &[&[u8]]) -> Vec<u8> {
        self.is_text = match self.form {
            Form::Binary => false,
            Form::Text => true,
            Form::Both => self.next().is_multiple_of(2),
        };
        let mut input = self.one_of(inputs).to_vec();
        for _ in 0..=self.below(4) {
            self.change(&mut input, inputs);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, inputs: &[&[u8]]) {
        let at = self.below(input.len() + 1);
        let most = if self.is_text { 40 } else { 200 };
        let length = self.below(most).min(input.len() - at);
        match self.below(8) {
            0 => drop(input.drain(at..at + length)),
            1 => {
                let copied = input[at..at + length].to_vec();
                let to = self.below(input.len() + 1);
                input.splice(to..to, copied);
            }
            2 => {
                let other = self.one_of(inputs);
                let from = self.below(other.len() + 1);
                let length = self.below(most).min(other.len() - from);
                input.splice(at..at, other[from..from + length].iter().copied());
            }
            3 if self.is_text => self.digits(input, at),
            3 => input.truncate(at),
            4 | 5 if self.is_text => {
                let word = WORDS[self.below(WORDS.len())];
                input.splice(at..at + length.min(8), word.bytes());
            }
            4 | 5 => self.number(input, at),
            6 => self.digits(input, at),
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << (self.next() % 8);
                }
            }
        }
    }

    /// Writes a number in either byte order.
    fn number(&mut self, input: &mut [u8], at: usize) {
        let number = NUMBERS[self.below(NUMBERS.len())];
        let width = 1 << self.below(4);
        let mut bytes = number.to_le_bytes()[..width].to_vec();
        if self.next().is_multiple_of(2) {
            bytes.reverse();
        }
        if let Some(place) = input.get_mut(at..at + width) {
            place.copy_from_slice(&bytes);
        }
    }

    /// Replaces the next number in digits by another number.
    fn digits(&mut self, input: &mut Vec<u8>, at: usize) {
        let Some(start) = input[at..].iter().position(u8::is_ascii_digit) else {
            return;
        };
        let start = at + start;
        let digits = input[start..].iter().take_while(|it| it.is_ascii_digit());
        let end = start + digits.count();
        let number = match self.below(2) {
            0 => NUMBERS[self.below(NUMBERS.len())].to_string(),
            _ => self.below(70_000).to_string(),
        };
        input.splice(start..end, number.into_bytes());
    }

    fn one_of<'i>(&mut self, inputs: &[&'i [u8]]) -> &'i [u8] {
        inputs[self.below(inputs.len())]
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Marsaglia's xorshift.
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }
}
