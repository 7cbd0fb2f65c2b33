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
        let mut k = u64::from_le_bytes([
            chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7],
        ]);
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

/// MurmurHash3 x86 128 of one 64-bit key: the four rows of a hashed embedding (before the modulus).
pub(crate) fn embedding_rows(key: u64, seed: u32) -> [u32; 4] {
    const C1: u32 = 0x239b_961b;
    const C2: u32 = 0xab0e_9789;
    const C3: u32 = 0x38b3_4ae5;
    let (mut h1, mut h2, mut h3, mut h4) = (seed, seed, seed, seed);
    // Eight bytes are shorter than a block, so all of the key is tail.
    let mut k2 = (key >> 32) as u32;
    k2 = k2.wrapping_mul(C2).rotate_left(16).wrapping_mul(C3);
    h2 ^= k2;
    let mut k1 = key as u32;
    k1 = k1.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2);
    h1 ^= k1;
    h1 ^= 8;
    h2 ^= 8;
    h3 ^= 8;
    h4 ^= 8;
    h1 = h1.wrapping_add(h2).wrapping_add(h3).wrapping_add(h4);
    h2 = h2.wrapping_add(h1);
    h3 = h3.wrapping_add(h1);
    h4 = h4.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h3 = mix(h3);
    h4 = mix(h4);
    h1 = h1.wrapping_add(h2).wrapping_add(h3).wrapping_add(h4);
    h2 = h2.wrapping_add(h1);
    h3 = h3.wrapping_add(h1);
    h4 = h4.wrapping_add(h1);
    [h1, h2, h3, h4]
}

fn mix(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^= h >> 13;
    h = h.wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
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
