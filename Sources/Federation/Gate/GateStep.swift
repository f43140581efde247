import Credentials
import EndpointKit
import HTTP
import JSON
import Reception
import SignIn
import Tenancy
import Vocabulary

/// One step of somebody who signs in at the gate. What it proves is judged by the very endpoint that programs
/// ask for the same.
enum GateStep: Sendable {
    case ask(login: String)
    case password(login: String, String)
    case code(challenge: String, String, person: String?, login: String)
    case second(challenge: String, code: String?, recovery: String?)

    /// Nil for a form that is none of ours.
    init?(_ form: SentForm) {
        switch form["step"] {
        case "ask": self = .ask(login: form["login"] ?? "")
        case "password": self = .password(login: form["login"] ?? "", form["password"] ?? "")
        case "code":
            self = .code(
                challenge: form["challenge"] ?? "", form["code"] ?? "", person: form["person"],
                login: form["login"] ?? "")
        case "second":
            self = .second(
                challenge: form["challenge"] ?? "", code: form["code"], recovery: form["recovery_code"])
        default: return nil
        }
    }

    /// What came of it.
    enum Outcome: Sendable {
        case signedIn(SignedIn)
        case sent(challenge: String)
    }

    func take(_ request: TenantRequest, _ parts: FederationParts) async throws -> Outcome {
        switch self {
        case .ask(let login):
            let channel = login.contains("@") ? "email" : "sms"
            let asked = try Self.sending.read(
                PageInputs(["channel": .string(channel), "to": .string(login)]))
            let sent = try await asked.respond(to: Equipped(request, with: parts.signIn))
            return .sent(challenge: sent.body.challenge.text)
        case .password(let login, let password):
            let asked = try Self.passwords.read(
                PageInputs([
                    "login": .string(login), "password": .string(password),
                    "device": GateCookie.device(of: request.http).map { .string($0) },
                ]))
            return .signedIn(try await asked.respond(to: Equipped(request, with: parts.credentials)))
        case .code(let challenge, let code, let person, _):
            let asked = try Self.codes.read(
                PageInputs([
                    "challenge": .string(challenge), "code": .string(code),
                    "person": person.map { .string($0) },
                ]))
            return .signedIn(try await asked.respond(to: Equipped(request, with: parts.signIn)))
        case .second(let challenge, let code, let recovery):
            let asked = try Self.factors.read(
                PageInputs([
                    "challenge": .string(challenge), "code": code.map { .string($0) },
                    "recovery_code": recovery.map { .string($0) },
                ]))
            return .signedIn(try await asked.respond(to: Equipped(request, with: parts.credentials)))
        }
    }

    private static let sending = EndpointPlan<SendCode>()
    private static let codes = EndpointPlan<VerifyCode>()
    private static let passwords = EndpointPlan<SignInByPassword>()
    private static let factors = EndpointPlan<ProveSecondFactor>()
}

/// What a page's form says, as the body of the endpoint that it is meant for.
private struct PageInputs: RequestParts {
    let body: [UInt8]

    init(_ members: [String: JSON?]) {
        var object = JSONObject()
        for (name, value) in members { object[name] = value }
        body = Array(JSON.object(object).jsonText.utf8)
    }

    func pathValue(_ name: String) -> String? { nil }
    var queryItems: [(name: String, value: String)] { [] }
    func header(_ name: String) -> String? { name == "content-type" ? "application/json" : nil }
    func openCursor(_ sealed: String) -> String? { nil }
}
