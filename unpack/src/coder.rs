// What the writer of the text (xtask/src/chances.rs) and its reader have to say alike.

/// Digits have so many bits.
pub const DIGIT: u32 = 6;
/// All shares of one way together, in bits; both ways have one more.
pub const SHARES: u32 = 14;
/// What a number keeps of them, however seldom it is.
pub const LEAST: i32 = 4;
/// The state has at least as many bits as this, and less than a digit more.
pub const STATE: u32 = 24;
/// What the last of a table's places moves towards as the others do: how far it has come says how often it was moved.
pub const OFTEN: i16 = 256;
/// How many tables there are, in bits; what falls together shares one.
pub const TABLES: u32 = 14;
/// What spreads what stands around over them.
pub const SPREAD: u32 = 0x9e37_79b1;
/// What no byte with a rank of its own is above: any other stands behind it, in two halves.
pub const ESCAPE: u8 = 15;
