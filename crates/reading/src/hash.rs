//! The two hashes that the weights were trained with.

/// MurmurHash64A with seed 1: how spaCy numbers a string.
pub(crate) fn string_id(text: &str) -> u64 {
    bytes_id(text.as_bytes())
}

fn bytes_id(data: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 1 ^ (data.len() as u64).wrapping_mul(M);
    let mut chunks = data.chunks_exact(8);
    for chunk in &mut chunks {
        let mut k =
            u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]);
        k = k.wrapping_mul(M);
        k ^= k >> 47;
        k = k.wrapping_mul(M);
        hash ^= k;
        hash = hash.wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        for (i, byte) in rest.iter().enumerate() {
            hash ^= u64::from(*byte) << (8 * i);
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> 47)
}

/// MurmurHash3 128 of one 64-bit key: the four rows of a hashed embedding (before the modulus).
///
/// Thinc calls it the x86 variant; its steps are those of the x64 one.
pub(crate) fn embedding_rows(key: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut h1 = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// A hasher for keys that are hashes already.
#[derive(Default, Clone, Copy)]
pub(crate) struct Identity(u64);

impl std::hash::Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map from string ids.
pub(crate) type ById<V> = std::collections::HashMap<u64, V, std::hash::BuildHasherDefault<Identity>>;

/// Hashes strings with [`string_id`], for maps that hold the strings themselves.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Strings;

impl std::hash::BuildHasher for Strings {
    type Hasher = StringHasher;

    fn build_hasher(&self) -> StringHasher {
        StringHasher(0)
    }
}

/// See [`Strings`].
pub(crate) struct StringHasher(u64);

impl std::hash::Hasher for StringHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes_id(bytes) ^ self.0.rotate_left(5);
    }

    // The end mark that `str` writes carries nothing.
    fn write_u8(&mut self, _: u8) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    // Values computed with spaCy and Thinc.
    #[test]
    fn hashes_are_those_of_the_training() {
        assert_eq!(string_id("adj"), 12401032943472870168);
        assert_eq!(string_id("because"), 16950148841647037698);
        assert_eq!(embedding_rows(12345, 8), [1415810048, 2915517168, 2123715072, 78308456]);
        assert_eq!(embedding_rows((1 << 63) + 77, 8), [2673134490, 2376910537, 1862218087, 1417882158]);
    }
}
