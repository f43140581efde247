import Crypto
import Identity
import JSON
import Vocabulary

/// What codes are made and judged with: a key for each purpose, none of which the database knows.
struct CodeKeys: Sendable {
    private let pepper: [UInt8]
    private let naming: [UInt8]
    private let platform: [UInt8]
    private let sealing: SealingKey

    init(under secret: Secret) {
        pepper = secret.key(for: "one-time codes")
        naming = secret.key(for: "holders of one-time codes")
        platform = secret.key(for: "persons of the platform")
        sealing = secret.sealingKey(for: "contents of one-time codes")
    }

    /// Six digits, each code as likely as another.
    static func freshCode() -> String {
        // The largest multiple of a million that four bytes hold: what lies above would favour small codes.
        let end: UInt32 = 4_294_000_000
        while true {
            let word = RandomBytes.make(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard word < end else { continue }
            let digits = String(word % 1_000_000)
            return String(repeating: "0", count: 6 - digits.utf8.count) + digits
        }
    }

    /// What the row keeps instead of the code: bound to everything that the code is good for.
    func digest(
        of code: String, for challenge: ID<Challenge>, _ channel: CodeChannel, _ purpose: Challenge.Purpose,
        at tenant: TenantID
    ) -> [UInt8] {
        let words = "\(tenant.number) \(challenge) \(channel.rawValue) \(purpose.rawValue) \(code)"
        return HMAC.sha256(of: Array(words.utf8), key: pepper)
    }

    /// Whose code it is. Codes for a person's number and for their mailbox are one person's; an identifier of
    /// nobody, or of several patients, stands for itself.
    func holder(of identifier: Identifier, heldBy people: [FoundPerson], at tenant: TenantID) -> [UInt8] {
        let one = people.first { $0.person.kind == .staff } ?? (people.count == 1 ? people[0] : nil)
        let name = one.map { Array("person \($0.person)".utf8) } ?? identifier.bytes
        return HMAC.sha256(of: Array("\(tenant.number) holder ".utf8) + name, key: naming)
    }

    /// Somebody who has signed in and asks for a code themselves.
    func holder(of person: Person, at tenant: TenantID) -> [UInt8] {
        HMAC.sha256(of: Array("\(tenant.number) holder person \(person)".utf8), key: naming)
    }

    /// The key under which codes are counted.
    func count(of subject: String, _ bytes: [UInt8], at tenant: TenantID) -> [UInt8] {
        HMAC.sha256(of: Array("\(tenant.number) \(subject) ".utf8) + bytes, key: naming)
    }

    /// The same at every clinic, and readable by none.
    func platformDigest(of identifier: Identifier) -> [UInt8] {
        HMAC.sha256(of: identifier.bytes, key: platform)
    }

    func seal(_ content: Challenge.Content, for challenge: ID<Challenge>, at tenant: TenantID) -> [UInt8] {
        sealing.seal(Array(content.json.jsonText.utf8), context: Self.context(challenge, tenant))
    }

    /// Nil when the box is another row's.
    func open(_ box: [UInt8], of challenge: ID<Challenge>, at tenant: TenantID) -> Challenge.Content? {
        guard let plain = sealing.open(box, context: Self.context(challenge, tenant)),
            let json = try? JSON(parsing: plain)
        else { return nil }
        return Challenge.Content(json)
    }

    private static func context(_ challenge: ID<Challenge>, _ tenant: TenantID) -> [UInt8] {
        Array("one-time code \(tenant.number) \(challenge)".utf8)
    }
}
