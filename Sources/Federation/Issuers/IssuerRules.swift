import EndpointKit
import Shapes
import SignIn

/// What an administrator may say of an issuer.
enum IssuerRules {
    /// Throws everything that is wrong with what is said.
    static func check(issuer: String? = nil, domains: [String]? = nil, mayBePlain: Bool) throws {
        var complaints: [Complaint] = []
        if let issuer, !isIssuer(issuer, mayBePlain: mayBePlain) {
            complaints.append(
                Complaint(
                    pointer: "/issuer", code: "wrong_form",
                    detail: "must be https:// and a host, in small letters, without a query"))
        }
        for (place, domain) in (domains ?? []).enumerated() where !isDomain(domain) {
            complaints.append(
                Complaint(
                    pointer: "/domains/\(place)", code: "wrong_form",
                    detail: "must be the part of a mail address behind the @, in small letters"))
        }
        guard complaints.isEmpty else { throw Problem.invalidInput(complaints) }
    }

    /// Whether a text can name an issuer, or something that it tells of; without encryption only where the
    /// operator has opened a way for development.
    static func isIssuer(_ text: String, mayBePlain: Bool) -> Bool {
        guard let address = WebAddress(text), !address.rest.contains("?") else { return false }
        return address.scheme == "https" || (mayBePlain && address.scheme == "http")
    }

    private static func isDomain(_ text: String) -> Bool {
        guard case .email(let normal)? = Identifier(typed: "a@\(text)", at: "") else { return false }
        return normal == "a@\(text)"
    }
}
