public import Database
public import Shapes

/// A way to reach somebody.
public enum MessageChannel: String, CaseIterable, Sendable, SQLValue, SQLElement, WireValue {
    case sms
    case whatsApp = "whatsapp"
    case email
}

/// What a message is for, and so which rules it follows.
public enum MessageCategory: String, CaseIterable, Sendable, SQLValue {
    /// A code that proves that somebody reads this number or address.
    case code
    /// What somebody just did, confirmed.
    case appointment
    /// Told ahead of a visit, by us.
    case reminder
    /// What happened to somebody's record without their asking.
    case record
    /// Nobody asked for it.
    case marketing

    /// Whether it may reach somebody at night. An answer to what they just did may; what we begin may not.
    var respectsQuietHours: Bool { self == .reminder || self == .record || self == .marketing }

    /// Whether it is sent to somebody who has not said anything about it.
    var isSentUnasked: Bool { self != .marketing }

    /// Whether somebody may want none of it. Without codes nobody could sign in.
    var canBeDeclined: Bool { self != .code }

    /// Whether another channel is tried when nobody knows whether this one worked: where twice is better than
    /// never. What happened to a record is shown to whoever looks, anyway.
    var fallsBackWhenUncertain: Bool { self == .appointment || self == .reminder }
}
