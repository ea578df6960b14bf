//! `Window`: the last so many days up to now: open at the old end, closed at now, in milliseconds of UTC.
//!
//! ```
//! use kaireon_outcomes::interactions::Window;
//! let week = Window::last(Some(7), 7 * Window::DAY);
//! assert!(!week.has(0) && week.has(1) && week.has(7 * Window::DAY) && !week.has(7 * Window::DAY + 1));
//! ```

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// What happened then or before is too old.
    pub after: i64,
    /// What happened later is still to come.
    pub until: i64,
}

impl Window {
    /// The milliseconds of a day, of which every one is as long.
    pub const DAY: i64 = 86_400_000;
    /// No time is outside.
    pub const ALWAYS: Self = Self { after: i64::MIN, until: i64::MAX };

    /// The last days up to now (ms since 1970); all time up to now where there is no number of them.
    pub const fn last(days: Option<u64>, now: i64) -> Self {
        let after = match days {
            Some(days) => now.saturating_sub(Self::of(days)),
            None => i64::MIN,
        };
        Self { after, until: now }
    }

    /// So many days, in milliseconds; no more than there are.
    pub const fn of(days: u64) -> i64 {
        let most = (i64::MAX / Self::DAY) as u64;
        if days > most { i64::MAX } else { days as i64 * Self::DAY }
    }

    /// Whether a point in time lies in it.
    #[inline(always)]
    pub const fn has(self, time: i64) -> bool {
        self.after < time && time <= self.until
    }
}
