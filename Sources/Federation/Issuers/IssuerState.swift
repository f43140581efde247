import Crypto
import JSON
import Vocabulary

/// What an issuer brings back unread: which issuer was asked what, by which browser, and what for.
struct IssuerState: Equatable, Sendable {
    /// How long somebody may take there.
    static let lifetime = Duration.seconds(900)

    let issuer: ID<TrustedIssuer>
    /// What the nonce and the PKCE verifier are made of, under a key of ours.
    let seed: [UInt8]
    let ticket: GateTicket
    let askedAt: Instant

    /// What the ID token must carry.
    func nonce(_ keys: FederationKeys) -> String { keys.answer(to: "nonce", seed) }
    /// What the token endpoint must see; the browser carries only its hash.
    func verifier(_ keys: FederationKeys) -> String { keys.answer(to: "verifier", seed) }

    var json: JSON {
        [
            "issuer": .string(issuer.text),
            "seed": .string(Base64URL.text(of: seed)), "ticket": ticket.json,
            "at": .integer(askedAt.microseconds),
        ]
    }

    init(issuer: ID<TrustedIssuer>, seed: [UInt8], ticket: GateTicket, askedAt: Instant) {
        (self.issuer, self.seed, self.ticket, self.askedAt) = (issuer, seed, ticket, askedAt)
    }

    init?(bytes: [UInt8]) {
        guard let json = try? JSON(parsing: bytes),
            let issuer = json["issuer"]?.stringValue.flatMap({ ID<TrustedIssuer>(text: $0) }),
            let seed = json["seed"]?.stringValue.flatMap({ Base64URL.decode($0.utf8) }),
            let ticket = json["ticket"].flatMap(GateTicket.init), let at = json["at"]?.integerValue
        else { return nil }
        self.init(issuer: issuer, seed: seed, ticket: ticket, askedAt: Instant(microseconds: at))
    }
}
