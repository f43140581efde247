public import Vocabulary

/// What becomes of a message at the moment somebody could send it.
public enum SendDecision: Sendable, Equatable {
    /// It goes to this address.
    case send(to: String)
    /// It waits.
    case later(until: Instant, because: Reason)
    /// It will never be sent.
    case drop(Reason)

    /// Why not now, or not at all; the word stands in the row.
    public enum Reason: String, Sendable {
        case expired, superseded, declined, unasked, quiet
        case noAddress = "no-address"
        case overBudget = "over-budget"
        case noGateway = "no-gateway"
        /// Nobody wrote such words, or a fact that they name is missing.
        case noWords = "no-words"
        /// What stands in for a placeholder is longer than the text's registration allows.
        case tooLong = "variable-too-long"

        /// Whether a channel may do better than the one that this was said of. What people want is said of
        /// each channel by itself, and asked again there. A day's budget is the clinic's limit to what it
        /// pays for: what it stops goes by mail, which costs nothing, and by no other way.
        func mayBeHelped(by channel: MessageChannel) -> Bool {
            switch self {
            case .noAddress, .noGateway, .noWords, .tooLong, .declined, .unasked: true
            case .overBudget: channel == .email
            case .expired, .superseded, .quiet: false
            }
        }
    }

    /// All that the decision rests on.
    struct Grounds {
        let message: Message
        /// Nil when the subject is gone, or is no longer what the words say.
        let content: MessageContent?
        /// What the recipient said about this category on this channel; nil for nothing.
        let consent: Bool?
        let night: QuietHours?
        let now: Instant
    }

    /// Checks in the order in which a no is final: what is over stays over, what is night will pass.
    static func decide(_ grounds: Grounds) -> SendDecision {
        let (message, now) = (grounds.message, grounds.now)
        guard now < message.expiresAt else { return .drop(.expired) }
        guard let content = grounds.content else { return .drop(.superseded) }
        if message.category.canBeDeclined, grounds.consent == false { return .drop(.declined) }
        guard message.category.isSentUnasked || grounds.consent == true else { return .drop(.unasked) }
        guard let address = content.address(on: message.channel) else { return .drop(.noAddress) }
        if message.category.respectsQuietHours, let end = grounds.night?.end(at: now) {
            return end < message.expiresAt ? .later(until: end, because: .quiet) : .drop(.expired)
        }
        return .send(to: address)
    }
}

/// The hours in which nobody is disturbed, on the recipient's wall clock.
struct QuietHours {
    private static let (evening, morning) = (21 * 60, 8 * 60)
    let zone: Zone

    /// When the night ends that a moment lies in; nil by day.
    func end(at moment: Instant) -> Instant? {
        let time = zone.clinicTime(at: moment)
        if time.minute < Self.morning { return zone.instant(of: ClinicTime(time.day, minute: Self.morning)) }
        guard time.minute >= Self.evening else { return nil }
        return zone.instant(of: ClinicTime(time.day + 1, minute: Self.morning))
    }
}
