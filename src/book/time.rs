//! Times and time zones as an author writes them: `2024-01-01T00:00:00Z`, `+02:00`, `Europe/Berlin`. The only file that
//! names jiff, whose zones are compiled in: what a zone means depends on no machine.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{self, Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use crate::book::nearest;

/// What a book or a fence says of the things that would differ from run to run; none: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Milliseconds since 1970 at which a program's clock starts.
    pub clock: Option<i64>,
    /// None inside: UTC.
    pub zone: Option<Option<Zone>>,
    /// Of random numbers.
    pub seed: Option<u32>,
}

/// The local time of a zone, as far as programs can see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// `Europe/Berlin`, `+02:00`.
    pub name: String,
    /// Its standard time and its daylight time in the words that end a date's text; none: not known.
    pub words: [Option<String>; 2],
    /// In order; the first holds from the beginning of time.
    pub changes: Vec<Change>,
}

/// From an instant on, a zone is so far ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Seconds since 1970; none: ever since.
    pub from: Option<i64>,
    /// Seconds.
    pub ahead: i32,
    pub daylight: bool,
}

/// Milliseconds since 1970. Without an offset it is a time in UTC, a day without a time its midnight.
pub fn clock(text: &str) -> Option<i64> {
    let instant = text.parse::<Timestamp>().ok().or_else(|| {
        let local = text.parse::<DateTime>().ok().or_else(|| Some(text.parse::<Date>().ok()?.into()))?;
        if text.contains('[') { None } else { TimeZone::UTC.to_timestamp(local).ok() }
    })?;
    Some(instant.as_millisecond())
}

/// The zone of that name; UTC is none, since that is what programs have anyway. Err: the help.
pub fn zone(text: &str) -> Result<Option<Zone>, String> {
    if ["UTC", "Z", "+00:00"].contains(&text) {
        return Ok(None);
    }
    if text.starts_with(['+', '-']) {
        let minutes =
            offset(text).ok_or("write hours and minutes of less than a day, e.g. `+02:00`".to_owned())?;
        let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
        let name = format!("{sign}{:02}:{:02}", size / 60, size % 60);
        let words = [Some(format!("GMT{name}")), None];
        let changes = vec![Change { from: None, ahead: minutes * 60, daylight: false }];
        return Ok(Some(Zone { name, words, changes }));
    }
    let zone = ZONES.get(text).map_err(|_| unknown(text))?;
    let name = zone.iana_name().unwrap_or(text).to_owned();
    Ok(Some(Zone { words: words(&zone, &name), changes: changes(&zone), name }))
}

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

fn unknown(text: &str) -> String {
    let names: Vec<String> = ZONES.available().map(|name| name.as_str().to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let nearest = nearest::help(text, &names);
    if nearest.starts_with("known are") {
        "write an offset like `+02:00`, or a name like `Europe/Berlin`".to_owned()
    } else {
        nearest
    }
}

/// Minutes of `+02:00`, `-0330` or `+5`.
fn offset(text: &str) -> Option<i32> {
    let (sign, rest) = text.split_at_checked(1)?;
    let digits = rest.replacen(':', "", 1);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || rest.find(':').is_some_and(|at| at != 2) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    let size = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
    Some(if sign == "-" { -size } else { size })
}

/// Rules go on for ever; programs see them up to this year.
const LAST_YEAR: i16 = 2100;

fn changes(zone: &TimeZone) -> Vec<Change> {
    let first = zone.to_offset_info(Timestamp::MIN);
    let first = Change { from: None, ahead: seconds(first.offset()), daylight: first.dst().is_dst() };
    let later = zone.following(Timestamp::MIN).map(|change| Change {
        from: Some(change.timestamp().as_second()),
        ahead: seconds(change.offset()),
        daylight: change.dst().is_dst(),
    });
    let mut changes = vec![first];
    for change in later.take_while(|change| change.from < Some(beginning(LAST_YEAR + 1, 1).as_second())) {
        let last = changes[changes.len() - 1];
        if (last.ahead, last.daylight) != (change.ahead, change.daylight) {
            changes.push(change);
        }
    }
    changes
}

fn seconds(offset: Offset) -> i32 {
    offset.seconds()
}

/// The instant at which a month begins.
fn beginning(year: i16, month: i8) -> Timestamp {
    TimeZone::UTC.to_timestamp(civil::date(year, month, 1).into()).unwrap_or_default()
}

/// V8 has one name for a zone's standard time and one for its daylight time, whatever they were called at the date.
fn words(zone: &TimeZone, name: &str) -> [Option<String>; 2] {
    let mut words = [None, None];
    // Its winter time is the odd one in the data, its summer time in V8's.
    if ["Europe/Dublin", "Eire"].contains(&name) {
        return words;
    }
    for month in [1, 7] {
        let info = zone.to_offset_info(beginning(2024, month));
        let found = NAMES.iter().find(|(short, _, zones)| {
            info.abbreviation() == *short && (zones.is_empty() || zones.contains(&name))
        });
        words[usize::from(info.dst().is_dst())] = found.map(|(_, long, _)| (*long).to_owned());
    }
    words
}

/// A zone's abbreviation, its name in English, and the zones that have it when others have the abbreviation too.
const NAMES: &[(&str, &str, &[&str])] = &[
    ("ACDT", "Australian Central Daylight Time", &[]),
    ("ACST", "Australian Central Standard Time", &[]),
    ("ADT", "Atlantic Daylight Time", &[]),
    ("AEDT", "Australian Eastern Daylight Time", &[]),
    ("AEST", "Australian Eastern Standard Time", &[]),
    ("AKDT", "Alaska Daylight Time", &[]),
    ("AKST", "Alaska Standard Time", &[]),
    ("AST", "Atlantic Standard Time", &[]),
    ("AWST", "Australian Western Standard Time", &[]),
    ("BST", "British Summer Time", &["Europe/London", "Europe/Belfast", "GB"]),
    ("CAT", "Central Africa Time", &[]),
    ("CDT", "Central Daylight Time", &["America/Chicago", "US/Central", "CST6CDT"]),
    ("CEST", "Central European Summer Time", &[]),
    ("CET", "Central European Standard Time", &[]),
    ("CST", "Central Standard Time", &["America/Chicago", "US/Central", "CST6CDT"]),
    ("CST", "Central Standard Time", &["America/Mexico_City", "America/Costa_Rica", "America/Guatemala"]),
    ("CST", "China Standard Time", &["Asia/Shanghai", "Asia/Macau", "PRC"]),
    ("EAT", "East Africa Time", &[]),
    ("EDT", "Eastern Daylight Time", &[]),
    ("EEST", "Eastern European Summer Time", &[]),
    ("EET", "Eastern European Standard Time", &[]),
    ("EST", "Eastern Standard Time", &[]),
    (
        "GMT",
        "Greenwich Mean Time",
        &["Europe/London", "Europe/Belfast", "GB", "Africa/Abidjan", "Africa/Accra"],
    ),
    ("HDT", "Hawaii-Aleutian Daylight Time", &[]),
    ("HKT", "Hong Kong Standard Time", &[]),
    ("HST", "Hawaii-Aleutian Standard Time", &[]),
    ("IDT", "Israel Daylight Time", &[]),
    ("IST", "India Standard Time", &["Asia/Kolkata", "Asia/Calcutta"]),
    ("IST", "Israel Standard Time", &["Asia/Jerusalem", "Asia/Tel_Aviv", "Israel"]),
    ("JST", "Japan Standard Time", &[]),
    ("KST", "Korean Standard Time", &[]),
    ("MDT", "Mountain Daylight Time", &[]),
    ("MSK", "Moscow Standard Time", &[]),
    ("MST", "Mountain Standard Time", &["America/Denver", "America/Phoenix", "US/Mountain", "MST7MDT"]),
    ("NDT", "Newfoundland Daylight Time", &[]),
    ("NST", "Newfoundland Standard Time", &[]),
    ("NZDT", "New Zealand Daylight Time", &[]),
    ("NZST", "New Zealand Standard Time", &[]),
    ("PDT", "Pacific Daylight Time", &[]),
    ("PKT", "Pakistan Standard Time", &[]),
    ("PST", "Pacific Standard Time", &["America/Los_Angeles", "US/Pacific", "PST8PDT"]),
    ("SAST", "South Africa Standard Time", &[]),
    ("UTC", "Coordinated Universal Time", &[]),
    ("WAT", "West Africa Time", &[]),
    ("WEST", "Western European Summer Time", &[]),
    ("WET", "Western European Standard Time", &[]),
];
