//! Degrees to kilometres to pixels.

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

/// Lambert's azimuthal equal-area projection about a centre of the map's own, so that any theatre of war
/// is drawn without much distortion and areas can be compared (Snyder 1987, equations 24-2 to 24-4).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projection {
    lon: f64,
    sin: f64,
    cos: f64,
    /// Pixels a kilometre.
    pub scale: f64,
    /// Pixels of the centre.
    pub offset: [f64; 2],
}

impl Projection {
    /// About a centre in degrees, one pixel a kilometre.
    pub fn about(lat: f64, lon: f64) -> Self {
        let (sin, cos) = lat.to_radians().sin_cos();
        Self { lon: lon.to_radians(), sin, cos, scale: 1.0, offset: [0.0, 0.0] }
    }

    /// Pixels of a point in degrees; y grows downwards.
    pub fn pixels(&self, lat: f64, lon: f64) -> [f64; 2] {
        let (sin, cos) = lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = (lon.to_radians() - self.lon).sin_cos();
        // The antipode has no image: kept finite, far outside.
        let k = (2.0 / (1.0 + self.sin * sin + self.cos * cos * cos_lon).max(1e-9)).sqrt() * EARTH_KM * self.scale;
        let x = k * cos * sin_lon;
        let y = k * (self.cos * sin - self.sin * cos * cos_lon);
        [self.offset[0] + x, self.offset[1] - y]
    }

    /// Degrees (latitude, longitude) of a pixel.
    pub fn degrees(&self, pixel: [f64; 2]) -> (f64, f64) {
        let x = (pixel[0] - self.offset[0]) / self.scale / EARTH_KM;
        let y = (self.offset[1] - pixel[1]) / self.scale / EARTH_KM;
        let rho = x.hypot(y);
        if rho < 1e-12 {
            return (self.sin.asin().to_degrees(), self.lon.to_degrees());
        }
        let (sin_c, cos_c) = (2.0 * (rho / 2.0).min(1.0).asin()).sin_cos();
        let lat = (cos_c * self.sin + y * sin_c * self.cos / rho).clamp(-1.0, 1.0).asin();
        let lon = self.lon + (x * sin_c).atan2(rho * self.cos * cos_c - y * self.sin * sin_c);
        (lat.to_degrees(), lon.to_degrees())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(lat in -80.0..80.0_f64, lon in -170.0..170.0_f64, dlat in -9.0..9.0_f64, dlon in -9.0..9.0_f64) {
            let projection = Projection::about(lat, lon);
            let (lat2, lon2) = projection.degrees(projection.pixels(lat + dlat, lon + dlon));
            prop_assert!((lat2 - lat - dlat).abs() < 1e-6 && (lon2 - lon - dlon).abs() < 1e-6);
        }
    }

    #[test]
    fn a_degree_of_latitude_is_111_km_at_the_centre() {
        let y = Projection::about(34.0, 66.0).pixels(35.0, 66.0)[1];
        assert!((y + 111.19).abs() < 0.01, "{y}");
    }
}
