import Crypto
public import Vocabulary

/// The six digits that an authenticator app shows (RFC 6238, with SHA-1 and 30 seconds, which is all that
/// many apps know).
public struct TimeCode: Sendable {
    /// How long a code is shown.
    public static let stepSeconds: Int64 = 30
    /// How many steps a telephone's clock may be off, either way.
    static let drift: Int64 = 1
    static let digits = 6
    static let secretBytes = 20

    /// Shared with the app, and with nobody else.
    let secret: [UInt8]

    /// A secret that was kept.
    public init(secret: [UInt8]) { self.secret = secret }

    /// A new secret.
    public static func random() -> TimeCode { TimeCode(secret: RandomBytes.make(secretBytes)) }

    /// The step that `code` belongs to; nil when it is no code of about now, or none later than `last`, the
    /// one that was used before: a code seen over a shoulder is worth nothing. Every step is computed,
    /// whichever fits.
    public func step(of code: String, at now: Instant, after last: Int64?) -> Int64? {
        let given = Array(code.utf8), middle = now.seconds / Self.stepSeconds
        var found: Int64?
        for step in (middle - Self.drift)...(middle + Self.drift) {
            let fits = equalInConstantTime(given, Array(text(at: step).utf8))
            if fits, step > last ?? .min { found = found ?? step }
        }
        return found
    }

    /// The code of a step.
    func text(at step: Int64) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let mac = HMAC.sha1(of: counter, key: secret)
        let start = Int(mac[mac.count - 1] & 15)
        let number = mac[start..<(start + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// What an app takes as a QR code: `otpauth://totp/…`. The clinic stands before the name, so that two
    /// clinics are two entries.
    public func address(clinic: String, person: String) -> String {
        let (issuer, name) = (Self.escaped(clinic), Self.escaped(person))
        return "otpauth://totp/\(issuer):\(name)?secret=\(Base32.encode(secret))&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.stepSeconds)"
    }

    /// Everything but the letters and digits of ASCII and `-._~` as percent signs and digits.
    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { escaped, byte in
            let letter = Character(Unicode.Scalar(byte))
            let isPlain = byte < 128 && (letter.isLetter || letter.isNumber || "-._~".contains(letter))
            escaped += isPlain ? String(letter) : "%" + Hex.encode([byte]).uppercased()
        }
    }
}
