import Crypto

/// What the authenticator says and signs.
struct AuthenticatorData: Hashable, Sendable {
    /// The bits of its one byte of flags.
    struct Flags: OptionSet, Hashable, Sendable {
        let rawValue: UInt8

        static let present = Flags(rawValue: 1)
        static let verified = Flags(rawValue: 1 << 2)
        static let backupEligible = Flags(rawValue: 1 << 3)
        static let backedUp = Flags(rawValue: 1 << 4)
        static let holdsCredential = Flags(rawValue: 1 << 6)
        static let holdsExtensions = Flags(rawValue: 1 << 7)
    }

    /// A credential that was just made.
    struct Credential: Hashable, Sendable {
        let model: [UInt8]
        let id: [UInt8]
        let key: [UInt8]
    }

    private static let headBytes = 37
    /// Longer ids are forbidden by the standard.
    static let idBytesMax = 1023

    let partyDigest: [UInt8]
    let flags: Flags
    let count: UInt32
    let credential: Credential?

    /// Reads all of it: nothing may be left over.
    init(_ bytes: [UInt8]) throws(PasskeyFlaw) {
        guard bytes.count >= Self.headBytes else { throw .malformed }
        partyDigest = Array(bytes[..<32])
        flags = Flags(rawValue: bytes[32])
        count = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var rest = bytes[Self.headBytes...]
        credential = flags.contains(.holdsCredential) ? try Self.credential(&rest) : nil
        if flags.contains(.holdsExtensions) {
            guard let (extensions, left) = try? CBOR.first(of: rest), case .map = extensions else {
                throw .malformed
            }
            rest = left
        }
        guard rest.isEmpty else { throw .malformed }
    }

    private static func credential(_ rest: inout ArraySlice<UInt8>) throws(PasskeyFlaw) -> Credential {
        guard rest.count >= 18 else { throw .malformed }
        let model = Array(rest.prefix(16))
        let length = rest.dropFirst(16).prefix(2).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(18)
        guard (1...idBytesMax).contains(length), rest.count > length else { throw .malformed }
        let id = Array(rest.prefix(length))
        rest = rest.dropFirst(length)
        guard let (_, left) = try? CBOR.first(of: rest) else { throw .malformed }
        let key = Array(rest[rest.startIndex..<left.startIndex])
        rest = left
        return Credential(model: model, id: id, key: key)
    }

    /// Checks that it was made for this clinic, by somebody who was there and, where that is asked, was
    /// known.
    func check(_ party: RelyingParty, mustVerify: Bool) throws(PasskeyFlaw) {
        guard equalInConstantTime(partyDigest, SHA256.digest(of: Array(party.id.utf8))) else {
            throw .wrongClinic
        }
        guard flags.contains(.present) else { throw .absent }
        guard !mustVerify || flags.contains(.verified) else { throw .unverified }
        guard !flags.contains(.backedUp) || flags.contains(.backupEligible) else { throw .backupContradicted }
    }
}
