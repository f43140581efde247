import Crypto
import Identity
import JSON
import SignIn
import Vocabulary

/// What is made of the installation's secret: a key for each purpose, none of which the database knows.
struct FederationKeys: Sendable {
    /// What programs' tokens are proven by.
    let tokens: [UInt8]
    private let gate: [UInt8]
    private let questions: [UInt8]
    private let tickets: SealingKey
    private let states: SealingKey
    private let secrets: SealingKey

    init(under secret: Secret) {
        tokens = secret.key(for: "tokens of programs")
        gate = secret.key(for: "sign-ins that the gate remembers")
        questions = secret.key(for: "questions to issuers")
        tickets = secret.sealingKey(for: "what is asked at the gate")
        states = secret.sealingKey(for: "what an issuer brings back")
        secrets = secret.sealingKey(for: "secrets at issuers")
    }

    /// What the gate's cookie holds.
    func gateToken(of session: ID<Session>, in tenant: TenantID) -> String {
        KeyedToken(session.unique).text(for: "gate \(tenant.number)", under: gate)
    }

    /// The sign-in that a gate's cookie names; nil for what this clinic has not made.
    func session(ofGate token: String, in tenant: TenantID) -> ID<Session>? {
        KeyedToken(text: token, for: "gate \(tenant.number)", under: gate).map { ID($0.id) }
    }

    func seal(_ ticket: GateTicket, in tenant: TenantID) -> String {
        Self.seal(ticket.json, under: tickets, Self.context("ticket", tenant))
    }

    /// Nil for whatever this clinic has not sealed.
    func ticket(_ text: String, in tenant: TenantID) -> GateTicket? {
        Self.open(text, under: tickets, Self.context("ticket", tenant)).flatMap(GateTicket.init(bytes:))
    }

    func seal(_ state: IssuerState, in tenant: TenantID) -> String {
        Self.seal(state.json, under: states, Self.context("state", tenant))
    }

    /// Nil for whatever this clinic has not sealed.
    func state(_ text: String, in tenant: TenantID) -> IssuerState? {
        Self.open(text, under: states, Self.context("state", tenant)).flatMap(IssuerState.init(bytes:))
    }

    func seal(_ secret: String, of issuer: ID<TrustedIssuer>, in tenant: TenantID) -> [UInt8] {
        secrets.seal(Array(secret.utf8), context: Self.context(issuer, tenant))
    }

    /// Nil when the box is another row's, or was sealed under another installation's secret.
    func open(_ box: [UInt8], of issuer: ID<TrustedIssuer>, in tenant: TenantID) -> String? {
        secrets.open(box, context: Self.context(issuer, tenant)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// 43 letters that only we can make of a seed: nonces and PKCE verifiers need not travel beside it.
    func answer(to question: StaticString, _ seed: [UInt8]) -> String {
        Base64URL.text(of: HMAC.sha256(of: Array("\(question) ".utf8) + seed, key: questions))
    }

    private static func seal(_ json: JSON, under key: SealingKey, _ context: [UInt8]) -> String {
        Base64URL.text(of: key.seal(Array(json.jsonText.utf8), context: context))
    }

    private static func open(_ text: String, under key: SealingKey, _ context: [UInt8]) -> [UInt8]? {
        Base64URL.decode(text.utf8).flatMap { key.open($0, context: context) }
    }

    private static func context(_ word: String, _ tenant: TenantID) -> [UInt8] {
        Array("\(word) \(tenant.number)".utf8)
    }

    private static func context(_ issuer: ID<TrustedIssuer>, _ tenant: TenantID) -> [UInt8] {
        Array("issuer \(tenant.number) \(issuer)".utf8)
    }
}
