import EndpointKit
import JSON

/// Why a program does not get what it asks for, in the words of OAuth and OpenID Connect, which programs
/// know.
enum OAuthError: String, Sendable {
    case invalidRequest = "invalid_request"
    case unsupportedResponseType = "unsupported_response_type"
    case invalidScope = "invalid_scope"
    case accessDenied = "access_denied"
    case loginRequired = "login_required"
    case consentRequired = "consent_required"
    case requestNotSupported = "request_not_supported"
    case requestURINotSupported = "request_uri_not_supported"
    case invalidGrant = "invalid_grant"
    case unsupportedGrantType = "unsupported_grant_type"

    /// What `POST /oauth/token` answers; `words` are for whoever writes the program.
    func problem(_ words: String) -> Problem {
        var problem = Problem(.authorizationRefused, words)
        problem.members["error"] = .string(rawValue)
        problem.members["error_description"] = .string(words)
        return problem
    }

    /// Told alike whether the program is unknown or its secret is wrong.
    static var unknownProgram: Problem {
        var problem = Problem(.programNotProven)
        problem.members["error"] = "invalid_client"
        problem.members["error_description"] = "The program is unknown here, or its secret is not right."
        return problem
    }
}
