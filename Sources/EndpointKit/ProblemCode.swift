public import Shapes

/// Every way in which a call can go wrong for its caller. Clients branch on the code; it never changes its
/// meaning.
public enum ProblemCode: String, Hashable, Sendable, CaseIterable {
    // What was sent.
    case malformedRequest = "malformed_request"
    case malformedJSON = "malformed_json"
    case invalidInput = "invalid_input"
    case unsupportedMediaType = "unsupported_media_type"
    case bodyTooLarge = "body_too_large"
    case targetTooLong = "target_too_long"
    case headTooLarge = "head_too_large"
    case requestTooSlow = "request_too_slow"
    case rangeNotSatisfiable = "range_not_satisfiable"
    case expectationFailed = "expectation_failed"
    case notImplemented = "not_implemented"
    case versionNotSupported = "version_not_supported"
    case upgradeRequired = "upgrade_required"

    // Where it was sent.
    case notFound = "not_found"
    case unknownClinic = "unknown_clinic"
    case methodNotAllowed = "method_not_allowed"

    // Who sent it.
    case signInRequired = "sign_in_required"
    case tokenExpired = "token_expired"
    case stepUpRequired = "step_up_required"
    case wrongCode = "wrong_code"
    case notProven = "not_proven"
    case secondFactorRequired = "second_factor_required"
    case severalPeople = "several_people"
    case authorizationRefused = "authorization_refused"
    case programNotProven = "program_not_proven"
    case wrongClinic = "wrong_clinic"
    case notAllowed = "not_allowed"
    case networkNotAllowed = "network_not_allowed"
    case consentRequired = "consent_required"
    case tooManyRequests = "too_many_requests"

    // What stands in the way.
    case conflict
    case slotTaken = "slot_taken"
    case holdExpired = "hold_expired"
    case pluginDisabled = "plugin_disabled"
    case requestInProgress = "request_in_progress"
    case idempotencyKeyReused = "idempotency_key_reused"
    case preconditionRequired = "precondition_required"
    case preconditionFailed = "precondition_failed"
    case refused

    // What went wrong here.
    case `internal`
    case unavailable
    case timeout
}

extension ProblemCode {
    /// The HTTP status. This is the only place in the house that maps a problem to one.
    public var status: Int {
        switch self {
        case .malformedRequest, .malformedJSON, .authorizationRefused: 400
        case .signInRequired, .tokenExpired, .stepUpRequired, .secondFactorRequired, .programNotProven: 401
        case .wrongClinic, .notAllowed, .networkNotAllowed, .consentRequired: 403
        case .notFound, .unknownClinic: 404
        case .methodNotAllowed: 405
        case .requestTooSlow: 408
        case .conflict, .severalPeople, .slotTaken, .holdExpired, .pluginDisabled, .requestInProgress: 409
        case .preconditionFailed: 412
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .unsupportedMediaType: 415
        case .rangeNotSatisfiable: 416
        case .expectationFailed: 417
        case .invalidInput, .wrongCode, .notProven, .idempotencyKeyReused, .refused: 422
        case .upgradeRequired: 426
        case .preconditionRequired: 428
        case .tooManyRequests: 429
        case .headTooLarge: 431
        case .internal: 500
        case .notImplemented: 501
        case .unavailable: 503
        case .timeout: 504
        case .versionNotSupported: 505
        }
    }

    /// The code for a status that the HTTP engine answers by itself, before anyone knows a route.
    public static func engine(status: Int) -> ProblemCode {
        switch status {
        case 404: .notFound
        case 405: .methodNotAllowed
        case 408: .requestTooSlow
        case 413: .bodyTooLarge
        case 414: .targetTooLong
        case 416: .rangeNotSatisfiable
        case 417: .expectationFailed
        case 431: .headTooLarge
        case 500: .internal
        case 501: .notImplemented
        case 503: .unavailable
        case 504: .timeout
        case 505: .versionNotSupported
        default: .malformedRequest
        }
    }

    /// Whether it is told in the words of OAuth (RFC 6749, 5.2) as well, and as plain JSON: programs that
    /// speak OAuth know no other documents.
    public var isOAuths: Bool { self == .authorizationRefused || self == .programNotProven }

    /// Where its page is: a URL relative to the host that answered.
    public var page: String { "/docs/problems/" + rawValue }
}

extension ProblemCode: WireValue {}
