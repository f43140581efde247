import Outgoing
import Vocabulary

/// How one try went.
struct DeliveryAttempt: Sendable {
    /// More of an answer is nobody's business, and must not fill the log.
    static let excerptBytes = 1024

    let at: Instant
    /// The code it was answered with; nil without an answer.
    let answerCode: Int?
    /// What kept it from arriving.
    let reason: String?
    /// The beginning of the answer, as text that can be shown.
    let excerpt: String?
    /// The receiver wants to be left alone for so long.
    var restMin = Duration.zero

    init(at now: Instant, answered code: Int, _ body: [UInt8], retryAfter: String? = nil) {
        (at, answerCode) = (now, code)
        restMin = RetryAfter.rest(retryAfter, at: now)
        reason = (200..<300).contains(code) ? nil : (300..<400).contains(code) ? "redirect" : "refused"
        excerpt = body.isEmpty ? nil : Self.excerpt(of: body)
    }

    init(at now: Instant, _ fault: OutgoingFault.Kind) { self.init(at: now, because: fault.rawValue) }

    /// Nothing was sent, or nobody knows what came of it.
    init(at now: Instant, because reason: String) {
        (at, answerCode, self.reason, excerpt) = (now, nil, reason, nil)
    }

    /// Whole characters; control characters and what is no UTF-8 are replaced, which may lengthen the text.
    private static func excerpt(of body: [UInt8]) -> String {
        var (text, bytes) = ("", 0)
        for scalar in String(decoding: body.prefix(excerptBytes), as: UTF8.self).unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            let shown: Unicode.Scalar = isControl ? " " : scalar
            bytes += UTF8.width(shown)
            guard bytes <= excerptBytes else { break }
            text.unicodeScalars.append(shown)
        }
        return text
    }
}

/// What follows from a try.
enum DeliveryVerdict: Equatable {
    /// It arrived.
    case delivered
    /// It is tried again, later.
    case again
    /// It is given up.
    case failed
    /// It is given up, and nothing more is told there.
    case disabled(DisabledReason)

    /// So long may everything fail before nothing is told any more.
    static let patience = Duration.seconds(86_400)

    /// - isLast: whether no further try is left.
    /// - failingSince: since when nothing has arrived at this webhook.
    static func judge(_ attempt: DeliveryAttempt, isLast: Bool, failingSince: Instant?) -> DeliveryVerdict {
        if let code = attempt.answerCode {
            if (200..<300).contains(code) { return .delivered }
            if code == 410 { return .disabled(.gone) }
        }
        if let failingSince, attempt.at - failingSince >= patience { return .disabled(.failing) }
        return isLast ? .failed : .again
    }
}
