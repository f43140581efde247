public import Crypto
public import Vocabulary

/// What a program sends in the place of a token: `nadi_key_`, 52 letters that nobody can guess, and six by
/// which anybody can tell a key of ours from what only looks like one.
///
/// Scanners of leaked secrets find it by `nadi_key_[a-z2-7]{58}`. The last six letters are the beginning of
/// the SHA-256 of all before them, in base32 and small letters: no secret is needed to check them, and what
/// fails the check costs the database nothing.
public struct APIKeySecret: Sendable {
    private static let prefix: StaticString = "nadi_key_"
    private static let (randomBytes, checkLetters) = (32, 6)
    private static let bytesInAll = prefix.utf8CodeUnitCount + 52 + checkLetters

    /// As it is sent, and shown once.
    public let text: String

    /// A new one.
    public static func random() -> APIKeySecret {
        let body = "\(prefix)" + Base32.encode(RandomBytes.make(randomBytes)).lowercased()
        return APIKeySecret(checked: body + check(of: Array(body.utf8)))
    }

    /// Nil for what has another form, or was mistyped.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.bytesInAll, Self.isMeant(by: bytes),
            Self.check(of: bytes.dropLast(Self.checkLetters)).utf8
                .elementsEqual(bytes.suffix(Self.checkLetters))
        else { return nil }
        self.init(checked: String(decoding: bytes, as: UTF8.self))
    }

    private init(checked text: String) { self.text = text }

    /// Whether whoever sent this meant a key, be it a good one or not.
    static func isMeant(by bytes: [UInt8]) -> Bool {
        bytes.starts(with: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
    }

    private static func check(of body: some Collection<UInt8>) -> String {
        String(Base32.encode(SHA256.digest(of: Array(body))).lowercased().prefix(checkLetters))
    }
}

/// Turns secrets of keys into what their rows keep: a hash under a key that the database does not know, bound
/// to the clinic.
public struct APIKeyHashing: Sendable {
    private let key: [UInt8]

    /// Under this installation's secret.
    public init(under secret: Secret) { key = secret.key(for: "secrets of programs' keys") }

    /// What is kept of a secret at a clinic; at another one it is something else.
    public func digest(of secret: APIKeySecret, at tenant: TenantID) -> [UInt8] {
        HMAC.sha256(of: Array("\(tenant.number) \(secret.text)".utf8), key: key)
    }
}
