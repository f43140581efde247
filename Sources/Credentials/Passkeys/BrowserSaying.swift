import JSON

/// What the browser itself says: which page asked for what.
struct BrowserSaying: Hashable, Sendable {
    /// `webauthn.create` or `webauthn.get`.
    enum Ceremony: String, Sendable {
        case create = "webauthn.create"
        case get = "webauthn.get"
    }

    private static let limits = JSONLimits(bytes: 4096, depth: 4, stringBytes: 1024, members: 32)

    private let type: String
    private let challenge: String
    private let origin: String
    private let isCrossOrigin: Bool

    /// Reads `clientDataJSON`; members that newer browsers add are skipped, as the standard asks.
    init(_ bytes: [UInt8]) throws(PasskeyFlaw) {
        guard let json = try? JSON(parsing: bytes, limits: Self.limits), let type = json["type"]?.stringValue,
            let challenge = json["challenge"]?.stringValue, let origin = json["origin"]?.stringValue
        else { throw .malformed }
        (self.type, self.challenge, self.origin) = (type, challenge, origin)
        isCrossOrigin = json["topOrigin"] != nil || json["crossOrigin"].map { $0 != .bool(false) } ?? false
    }

    /// Checks that it is this ceremony, this challenge and this page.
    func check(_ ceremony: Ceremony, _ party: RelyingParty, challenge expected: String) throws(PasskeyFlaw) {
        guard type == ceremony.rawValue else { throw .wrongCeremony }
        guard challenge == expected else { throw .wrongChallenge }
        guard origin == party.origin, !isCrossOrigin else { throw .wrongOrigin }
    }
}

/// The clinic as browsers know it: a passkey made for one is never shown to another.
public struct RelyingParty: Hashable, Sendable {
    /// The host without its port.
    public let id: String
    /// Scheme, host, and the port where it is not the usual one.
    public let origin: String

    /// The clinic at that origin; nil for something that is none.
    public init?(origin: String) {
        guard let mark = origin.firstRange(of: "://") else { return nil }
        let authority = origin[mark.upperBound...]
        let host = authority.prefix { $0 != ":" }
        guard !host.isEmpty, !authority.contains("/") else { return nil }
        (id, self.origin) = (String(host), origin)
    }
}
