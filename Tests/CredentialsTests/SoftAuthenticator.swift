import Crypto
import Vocabulary

@testable import Credentials

/// An authenticator and its browser, as far as a clinic sees them.
struct SoftAuthenticator {
    /// What can be changed to see whether it is noticed.
    struct Saying {
        var type: String?
        var challenge = "Y2hhbGxlbmdl"
        var origin = "http://sunrise.localhost:8080"
        var extra = ""
        var party = "sunrise.localhost"
        var flags: UInt8 = 0x45
        var count: UInt32 = 0
        var format = "none"
        var statement: [UInt8] = [0xA0]
        var tail: [UInt8] = []
    }

    static let party = RelyingParty(origin: "http://sunrise.localhost:8080")
    let key = SigningKey()
    let credentialID = RandomBytes.make(32)

    var coseKey: [UInt8] {
        Self.map([
            ([1], [1]), ([3], [0x27]), ([0x20], [6]), ([0x21], Self.bytes(key.verifyingKey.rawBytes)),
        ])
    }

    func register(_ saying: Saying = Saying()) -> PasskeyRegistration {
        let credential =
            [UInt8](repeating: 0xAA, count: 16) + [0, UInt8(credentialID.count)] + credentialID + coseKey
        let object = Self.map([
            (Self.text("fmt"), Self.text(saying.format)), (Self.text("attStmt"), saying.statement),
            (Self.text("authData"), Self.bytes(data(saying) + credential + saying.tail)),
        ])
        return PasskeyRegistration(
            clientData: clientData(saying, "webauthn.create"), attestation: object)
    }

    func sign(_ saying: Saying) -> PasskeyAssertion {
        let (client, data) = (clientData(saying, "webauthn.get"), data(saying) + saying.tail)
        return PasskeyAssertion(
            clientData: client, authenticatorData: data,
            signature: key.signature(of: data + SHA256.digest(of: client)))
    }

    private func clientData(_ saying: Saying, _ type: String) -> [UInt8] {
        Array(
            """
            {"type":"\(saying.type ?? type)","challenge":"\(saying.challenge)","origin":"\(saying.origin)"\(saying.extra)}
            """.utf8)
    }

    private func data(_ saying: Saying) -> [UInt8] {
        SHA256.digest(of: Array(saying.party.utf8)) + [saying.flags]
            + withUnsafeBytes(of: saying.count.bigEndian) { Array($0) }
    }

    static func text(_ text: String) -> [UInt8] { [0x60 | UInt8(text.utf8.count)] + Array(text.utf8) }
    static func bytes(_ bytes: [UInt8]) -> [UInt8] {
        bytes.count < 24
            ? [0x40 | UInt8(bytes.count)] + bytes
            : bytes.count < 256
                ? [0x58, UInt8(bytes.count)] + bytes
                : [0x59, UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
    }
    static func map(_ pairs: [(name: [UInt8], value: [UInt8])]) -> [UInt8] {
        [0xA0 | UInt8(pairs.count)] + pairs.flatMap { $0.name + $0.value }
    }
}
