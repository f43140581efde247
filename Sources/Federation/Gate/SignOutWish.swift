import HTTP
import Identity
import JSON
import Vocabulary

/// What somebody is asked at the gate before they are signed out: whose sign-in would end, and where they go
/// then. (OpenID Connect RP-Initiated Logout 1.0, 2.)
struct SignOutWish: Equatable, Sendable {
    /// Whoever stood at the gate when the page was shown; nobody else is signed out by it.
    let session: ID<Session>
    /// Which program asks, where one does.
    let program: ID<TrustedProgram>?
    /// One of the program's own addresses.
    let redirect: String?
    let state: String?

    /// Where somebody goes who has signed out; nil where they stay here.
    var way: String? { Self.way(to: redirect, state: state) }

    static func way(to redirect: String?, state: String?) -> String? {
        guard let redirect, let state else { return redirect }
        return redirect + (redirect.contains("?") ? "&" : "?") + "state=\(PercentCoding.encoded(state))"
    }
}

extension SignOutWish {
    var json: JSON {
        var members: JSONObject = ["session": .string(session.text)]
        members["program"] = program.map { .string($0.text) }
        members["redirect"] = redirect.map { .string($0) }
        members["state"] = state.map { .string($0) }
        return .object(members)
    }

    init?(_ json: JSON) {
        guard let session = json["session"]?.stringValue.flatMap({ ID<Session>(text: $0) }) else {
            return nil
        }
        self.session = session
        program = json["program"]?.stringValue.flatMap { ID<TrustedProgram>(text: $0) }
        (redirect, state) = (json["redirect"]?.stringValue, json["state"]?.stringValue)
    }
}
