//! Boxes of degrees.

/// A box of degrees; it never crosses the date line (the source cuts its shapes there).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GeoBox {
    /// Degrees east.
    pub west: f64,
    /// Degrees north.
    pub south: f64,
    /// Degrees east.
    pub east: f64,
    /// Degrees north.
    pub north: f64,
}

impl GeoBox {
    /// Holds no point; the start of a sum.
    pub const NOTHING: Self = Self { west: f64::MAX, south: f64::MAX, east: f64::MIN, north: f64::MIN };

    /// The smallest box that also holds this point.
    #[must_use]
    pub fn with(self, lat: f64, lon: f64) -> Self {
        self.cover(Self { west: lon, south: lat, east: lon, north: lat })
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// True for a box without any point.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self.west > self.east
    }

    /// True when the point lies inside or on the edge.
    #[must_use]
    pub fn contains(self, lat: f64, lon: f64) -> bool {
        self.south <= lat && lat <= self.north && self.west <= lon && lon <= self.east
    }

    /// True when the two share a point.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }
}
