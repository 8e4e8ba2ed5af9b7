//! Chance that falls the same way each time: the demo forum is the same wherever and whenever it is made.

/// A sequence of numbers that look random and follow from a seed (splitmix64, S. Vigna 2015).
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// A sequence of its own for whatever has this name (FNV-1a of it is the seed).
    pub(super) fn of(name: &str) -> Self {
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From `from` up to, not including, `to`; `from` when there is nothing between them.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from).unwrap_or(0).max(1);
        from + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// A place in a list of this length, those at its beginning the more often the greater `skew` is.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length of a list")]
    pub(super) fn place(&mut self, length: usize, skew: f64) -> usize {
        ((self.unit().powf(skew) * length as f64) as usize).min(length.saturating_sub(1))
    }

    /// Whether something happens that happens so often out of a hundred times.
    pub(super) fn percent(&mut self, often: u64) -> bool {
        self.next() % 100 < often
    }
}
