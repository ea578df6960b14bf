//! Timestamps as the decisions have them, read once more from the left to the right: held against the core's.

/// The milliseconds since 1970 of a timestamp, and whether it is in the form that everybody reads.
pub fn parse(text: &str) -> Option<(i64, bool)> {
    let mut rest = text.as_bytes();
    let mut clean = true;
    let year = number(&mut rest, 4)?;
    expect(&mut rest, b"-")?;
    let month = number(&mut rest, 2)?;
    expect(&mut rest, b"-")?;
    let day = number(&mut rest, 2)?;
    let day_count = days(year, month, day)?;
    if rest.is_empty() {
        return Some((day_count * 86_400_000, false));
    }
    clean &= expect(&mut rest, b"Tt ")? == b'T';
    let hour = number(&mut rest, 2)?;
    expect(&mut rest, b":")?;
    let minute = number(&mut rest, 2)?;
    let (mut second, mut thousandths, mut is_whole) = (0, 0, true);
    if expect(&mut rest, b":").is_some() {
        second = number(&mut rest, 2)?;
        if let Some(point) = expect(&mut rest, b".,") {
            clean &= point == b'.';
            let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (digits, behind) = rest.split_at(count);
            is_whole = digits.iter().all(|digit| *digit == b'0');
            let digit = |place: usize| digits.get(place).map_or(0, |digit| i64::from(digit - b'0'));
            thousandths = digit(0) * 100 + digit(1) * 10 + digit(2);
            rest = behind;
            if count == 0 {
                return None;
            }
        }
    } else {
        clean = false;
    }
    let mut zone = 0;
    match expect(&mut rest, b"Zz+-") {
        None => clean = false,
        Some(b'Z') => {}
        Some(b'z') => clean = false,
        Some(sign) => {
            let hours = number(&mut rest, 2)?;
            let colon = expect(&mut rest, b":").is_some();
            clean &= colon;
            let minutes = if colon || !rest.is_empty() { number(&mut rest, 2)? } else { 0 };
            if hours > 23 || minutes > 59 {
                return None;
            }
            zone = (hours * 60 + minutes) * if sign == b'-' { -1 } else { 1 };
        }
    }
    let end_of_day = hour == 24 && minute == 0 && second == 0 && is_whole;
    if !rest.is_empty() || minute > 59 || second > 60 || (hour > 23 && !end_of_day) {
        return None;
    }
    clean &= hour < 24 && second < 60;
    let minutes = day_count * 1440 + hour * 60 + minute - zone;
    Some((minutes * 60_000 + second * 1000 + thousandths, clean))
}

fn number(rest: &mut &[u8], count: usize) -> Option<i64> {
    let (digits, behind) = rest.split_at_checked(count)?;
    *rest = behind;
    let digit = |value: i64, digit: &u8| digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0'));
    digits.iter().try_fold(0, digit)
}

fn expect(rest: &mut &[u8], one_of: &[u8]) -> Option<u8> {
    let (first, behind) = rest.split_first().filter(|(first, _)| one_of.contains(first))?;
    *rest = behind;
    Some(*first)
}

/// The days since 1970 of a date that exists, counted year by year and month by month.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let months = [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let this = months.get(usize::try_from(month - 1).ok()?)?;
    if day < 1 || day > *this {
        return None;
    }
    // The days before a year: one leap day for each fourth, none for each hundredth, one for each four hundredth.
    let before = |year: i64| year * 365 + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let in_year: i64 = months.iter().take(month as usize - 1).sum();
    Some(before(year) - before(1970) + in_year + day - 1)
}
