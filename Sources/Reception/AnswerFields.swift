import EndpointKit
import HTTP
import Telemetry
import Vocabulary

extension FieldName {
    static let contentSecurityPolicy = Self("Content-Security-Policy")
    static let idempotencyReplayed = Self("Idempotency-Replayed")
    static let link = Self("Link")
    static let rateLimit = Self("RateLimit")
    static let rateLimitPolicy = Self("RateLimit-Policy")
    static let requestID = Self("X-Request-Id")
    static let strictTransportSecurity = Self("Strict-Transport-Security")
}

/// Fields that every answer carries.
enum AnswerFields {
    /// No answer may be framed, sniffed, or told to others by its address; no page of ours needs a device.
    static let always: ResponseFields = {
        var fields = ResponseFields()
        fields.add(FieldName("X-Content-Type-Options"), "nosniff")
        fields.add(FieldName("X-Frame-Options"), "DENY")
        fields.add(FieldName("Referrer-Policy"), "no-referrer")
        fields.add(FieldName("Permissions-Policy"), "camera=(), geolocation=(), microphone=(), payment=()")
        fields.add(FieldName("Cross-Origin-Opener-Policy"), "same-origin")
        fields.add(FieldName("Cross-Origin-Resource-Policy"), "same-origin")
        return fields
    }()

    /// For data: it is somebody's, so nobody on the way keeps it, and nothing in it may ever run.
    static let ofData: ResponseFields = {
        var fields = always
        fields.add(
            .contentSecurityPolicy,
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'" as StaticString)
        fields.add(.cacheControl, "no-store")
        return fields
    }()

    /// For our own pages, which are everybody's.
    static let ofPages: ResponseFields = {
        var fields = always
        fields.add(.contentSecurityPolicy, PageFrame.contentPolicy)
        fields.add(.cacheControl, "no-cache")
        return fields
    }()

    /// Two years, subdomains included: clinics live below the base domain.
    static let hsts: StaticString = "max-age=63072000; includeSubDomains"
}

extension HTTPResponse {
    /// Completes an answer with what every answer of this arrival carries.
    mutating func complete(for arrival: borrowing Arrival) {
        fields.add(arrival.isPage ? AnswerFields.ofPages : AnswerFields.ofData)
        fields.add(.requestID, arrival.requestID.uuidText)
        if arrival.http.isSecure { fields.add(.strictTransportSecurity, AnswerFields.hsts) }
        if let trace = arrival.trace { fields.add(.traceParent, trace.traceparent) }
        guard let (limit, state) = arrival.allowance else { return }
        limit.add(state, to: &fields)
    }

    /// A problem document, or a page where somebody reads it, with the fields that its kind brings.
    init(_ problem: Problem, requestID: UniqueID, asPage: Bool = false) {
        if asPage {
            self =
                ShortPage(
                    in: "en", problem.code.words.title,
                    [problem.detail, "\(problem.code.rawValue), \(requestID)"]
                ).response
            status = HTTPStatus(problem.status)
        } else {
            self.init(
                status: HTTPStatus(problem.status),
                type: problem.code.isOAuths ? "application/json" : "application/problem+json",
                body: problem.body(requestID: requestID.uuidText))
        }
        if let seconds = problem.retryAfter { fields.add(.retryAfter, "\(seconds)") }
        if !problem.allowedMethods.isEmpty {
            fields.add(.allow, problem.allowedMethods.joined(separator: ", "))
        }
        if problem.code == .upgradeRequired {
            fields.add(FieldName("Upgrade"), "websocket")
            fields.add(FieldName("Connection"), "Upgrade")
        }
        if problem.status == 401 { fields.add(.wwwAuthenticate, Self.challenge(for: problem.code)) }
    }

    private static func challenge(for code: ProblemCode) -> StaticString {
        switch code {
        case .programNotProven: "Basic realm=\"token\", charset=\"UTF-8\""
        case .tokenExpired: "Bearer error=\"invalid_token\", error_description=\"The token has expired.\""
        case .stepUpRequired: "Bearer error=\"insufficient_user_authentication\""
        default: "Bearer"
        }
    }
}
