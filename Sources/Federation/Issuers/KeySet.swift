import Crypto
import Identity
import JSON

/// The keys by which an issuer signs (RFC 7517): those of kinds and sizes that are taken here, and no others.
struct KeySet: Equatable, Sendable {
    /// One of them.
    struct Entry: Equatable, Sendable {
        let name: String?
        let key: ForeignKey
    }

    /// The one algorithm that belongs to a key's kind.
    enum Algorithm: String, CaseIterable, Sendable {
        case edDSA = "EdDSA"
        case es256 = "ES256"
        case rs256 = "RS256"

        init(of key: ForeignKey) {
            switch key {
            case .edDSA: self = .edDSA
            case .es256: self = .es256
            case .rs256: self = .rs256
            }
        }
    }

    /// More keys than this only keep us busy.
    static let most = 64

    let entries: [Entry]

    /// Nil for what is no key set. Keys that are not for signing, symmetric, weak or of other kinds are
    /// passed over.
    init?(_ bytes: [UInt8]) {
        guard let keys = (try? JSON(parsing: bytes))?["keys"]?.arrayValue, keys.count <= Self.most else {
            return nil
        }
        entries = keys.compactMap(Self.entry)
    }

    /// The house's own keys, for what comes back that it has signed itself.
    init(_ keys: PublishedKeys) { entries = keys.all.map { Entry(name: $0.name, key: $0.key) } }

    /// The keys that a token may have been signed with: those of its name, or of all where it names none,
    /// that are of its algorithm.
    func keys(named name: String?, for algorithm: Algorithm) -> [ForeignKey] {
        entries.filter { entry in
            Algorithm(of: entry.key) == algorithm && (name == nil || entry.name == name)
        }.map(\.key)
    }

    private static func entry(_ json: JSON) -> Entry? {
        guard json["use"]?.stringValue ?? "sig" == "sig", let key = key(json) else { return nil }
        guard json["alg"]?.stringValue.map({ $0 == Algorithm(of: key).rawValue }) ?? true else { return nil }
        return Entry(name: json["kid"]?.stringValue, key: key)
    }

    private static func key(_ json: JSON) -> ForeignKey? {
        let bytes = { (name: String) in json[name]?.stringValue.flatMap { Base64URL.decode($0.utf8) } }
        switch (json["kty"]?.stringValue, json["crv"]?.stringValue) {
        case ("RSA", _):
            guard let n = bytes("n"), let e = bytes("e") else { return nil }
            return try? ForeignKey.rs256(n: n, e: e)
        case ("EC", "P-256"):
            guard let x = bytes("x"), let y = bytes("y") else { return nil }
            return try? ForeignKey.es256(x: x, y: y)
        case ("OKP", "Ed25519"):
            return bytes("x").flatMap { try? VerifyingKey(rawBytes: $0) }.map { .edDSA($0) }
        default: return nil
        }
    }
}
