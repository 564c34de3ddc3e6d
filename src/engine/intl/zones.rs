//! Time zones: how far a place's clocks are from Greenwich at an instant.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `[seconds east of Greenwich, 1 in daylight saving time]`; none for a zone that is not there.
pub fn offset(zone: &str, milliseconds: f64) -> Option<[i32; 2]> {
    let zone = TimeZone::get(zone).ok()?;
    let info = zone.to_offset_info(instant(milliseconds));
    Some([info.offset().seconds(), i32::from(info.dst().is_dst())])
}

/// The instants nearest before and after at which the zone's offset changes; infinite where there is none.
pub fn transition(zone: &str, milliseconds: f64) -> Option<[f64; 2]> {
    let zone = TimeZone::get(zone).ok()?;
    let at = instant(milliseconds);
    let before = zone.preceding(at).next().map(|transition| transition.timestamp().as_millisecond() as f64);
    let after = zone.following(at).next().map(|transition| transition.timestamp().as_millisecond() as f64);
    Some([before.unwrap_or(f64::NEG_INFINITY), after.unwrap_or(f64::INFINITY)])
}

/// Outside of what the zones' data spans, its nearest instant.
fn instant(milliseconds: f64) -> Timestamp {
    let (first, last) = (Timestamp::MIN.as_millisecond(), Timestamp::MAX.as_millisecond());
    Timestamp::from_millisecond((milliseconds as i64).clamp(first, last)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{offset, transition};

    #[test]
    fn a_zone_has_its_offset() {
        assert_eq!(offset("Asia/Kolkata", 0.0), Some([19_800, 0]));
        assert_eq!(offset("America/New_York", 1_720_000_000_000.0), Some([-14_400, 1]));
        assert_eq!(offset("America/New_York", 1_704_067_200_000.0), Some([-18_000, 0]));
        assert_eq!(offset("Nowhere", 0.0), None);
    }

    #[test]
    fn a_zone_without_daylight_saving_time_has_no_transition_ahead() {
        assert_eq!(
            transition("Asia/Tokyo", 1_704_067_200_000.0).map(|[_, after]| after),
            Some(f64::INFINITY)
        );
        assert_eq!(
            transition("Europe/Paris", 1_704_067_200_000.0).map(|[_, after]| after),
            Some(1_711_846_800_000.0)
        );
    }
}
