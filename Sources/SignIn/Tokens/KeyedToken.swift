import Crypto
public import Vocabulary

/// A text that only we can have made: an id, and a keyed hash of it and of what it is for. The row keeps the
/// id alone, so that whoever reads the database can make none.
public struct KeyedToken: Hashable, Sendable {
    private static let idBytes = 16
    private static let proofBytes = 24

    /// Which row it opens.
    public let id: UniqueID

    /// The token of a row.
    public init(_ id: UniqueID) { self.id = id }

    /// 54 letters of base64url. `purpose` says at which clinic, for what, and for whom.
    public func text(for purpose: String, under key: [UInt8]) -> String {
        Base64URL.text(of: bytes + proof(of: purpose, key))
    }

    /// Nil for whatever we have not made for this very purpose.
    public init?(text: String, for purpose: String, under key: [UInt8]) {
        guard let all = Base64URL.decode(text.utf8), all.count == Self.idBytes + Self.proofBytes else {
            return nil
        }
        let halves = all.prefix(Self.idBytes).reduce(into: (high: UInt64(0), low: UInt64(0))) {
            halves, byte in
            halves.high = halves.high << 8 | halves.low >> 56
            halves.low = halves.low << 8 | UInt64(byte)
        }
        id = UniqueID(high: halves.high, low: halves.low)
        guard equalInConstantTime(Array(all.dropFirst(Self.idBytes)), proof(of: purpose, key)) else {
            return nil
        }
    }

    private var bytes: [UInt8] {
        [id.high, id.low].flatMap { half in withUnsafeBytes(of: half.bigEndian) { Array($0) } }
    }

    private func proof(of purpose: String, _ key: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(of: bytes + Array(purpose.utf8), key: key).prefix(Self.proofBytes))
    }
}
