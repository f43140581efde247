import Crypto
import JSON
import Vocabulary

/// Why an issuer's word is not taken. Whoever stands at the gate is told only that it is not; the audit trail
/// learns which.
enum IssuerFlaw: String, Error, CaseIterable, Sendable {
    case unknownState = "unknown_state"
    case otherBrowser = "other_browser"
    case tooLate = "too_late"
    case refusedThere = "refused_there"
    case mixedUp = "mixed_up"
    case unreachable
    case badMetadata = "bad_metadata"
    case badKeys = "bad_keys"
    case noToken = "no_token"
    case malformed
    case foreignAlgorithm = "foreign_algorithm"
    case unknownKey = "unknown_key"
    case forged
    case otherIssuer = "other_issuer"
    case otherAudience = "other_audience"
    case otherParty = "other_party"
    case expired
    case notYet = "not_yet"
    case otherQuestion = "other_question"
    case noMail = "no_mail"
    case unprovenMail = "unproven_mail"
    case otherDomain = "other_domain"
    case nobody
    case gone
    case disabled
}

/// An ID token of an issuer that was read and not believed yet (OpenID Connect Core, 3.1.3.7).
struct ForeignToken: Sendable {
    /// No honest one is longer.
    static let bytesMax = 16_384
    /// How far an issuer's clock may be off.
    static let clockSkew: Int64 = 60

    let algorithm: KeySet.Algorithm
    let keyName: String?
    private let signed: [UInt8]
    private let signature: [UInt8]
    private let content: JSON

    /// Reads it. Only an algorithm of a public key is one, and nothing may be asked for that we do not do.
    init(_ text: String) throws(IssuerFlaw) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.bytesMax else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]).flatMap({ try? JSON(parsing: $0) }),
            let content = Base64URL.decode(parts[1]).flatMap({ try? JSON(parsing: $0) }),
            content.objectValue != nil, let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        guard let algorithm = head["alg"]?.stringValue.flatMap(KeySet.Algorithm.init), head["crit"] == nil,
            head["b64"] == nil
        else { throw .foreignAlgorithm }
        (self.algorithm, keyName) = (algorithm, head["kid"]?.stringValue)
        (signed, self.signature, self.content) = (Array(bytes[..<parts[1].endIndex]), signature, content)
    }

    /// Whether one of the issuer's keys has signed it. The key's kind decides how that is judged, never the
    /// token's own word alone.
    func check(signedBy keys: KeySet) throws(IssuerFlaw) {
        let candidates = keys.keys(named: keyName, for: algorithm)
        guard !candidates.isEmpty else { throw .unknownKey }
        guard candidates.contains(where: { $0.accepts(signature, of: signed, pairs: .plain) }) else {
            throw .forged
        }
    }

    /// What it says, where it was meant for us, now, and as an answer to this question.
    func word(from issuer: String, for audience: String, answering nonce: String, at now: Instant)
        throws(IssuerFlaw) -> ForeignWord
    {
        guard content["iss"]?.stringValue == issuer else { throw .otherIssuer }
        let audiences =
            content["aud"]?.stringValue.map { [$0] } ?? content["aud"]?.arrayValue?.compactMap(\.stringValue)
            ?? []
        guard audiences.contains(audience) else { throw .otherAudience }
        let party = content["azp"]?.stringValue
        guard audiences.count == 1 ? party ?? audience == audience : party == audience else {
            throw .otherParty
        }
        try checkTimes(now.seconds)
        guard let said = content["nonce"]?.stringValue,
            equalInConstantTime(Array(said.utf8), Array(nonce.utf8))
        else { throw .otherQuestion }
        guard let subject = content["sub"]?.stringValue, (1...255).contains(subject.utf8.count) else {
            throw .malformed
        }
        return ForeignWord(
            subject: subject, email: content["email"]?.stringValue,
            // Some write the word instead of the value.
            isMailProven: content["email_verified"] == true || content["email_verified"] == "true",
            methods: content["amr"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    }

    /// A claim that is a text.
    func claim(_ name: String) -> String? { content[name]?.stringValue }

    private func checkTimes(_ now: Int64) throws(IssuerFlaw) {
        guard let end = content["exp"]?.integerValue, let begin = content["iat"]?.integerValue,
            (0...253_402_300_799).contains(end), (0...253_402_300_799).contains(begin)
        else { throw .malformed }
        guard now < end + Self.clockSkew else { throw .expired }
        guard begin <= now + Self.clockSkew else { throw .notYet }
        if let start = content["nbf"] {
            guard let start = start.integerValue else { throw .malformed }
            guard start <= now + Self.clockSkew else { throw .notYet }
        }
    }
}

/// What an issuer has said of somebody, believed.
struct ForeignWord: Equatable, Sendable {
    let subject: String
    let email: String?
    let isMailProven: Bool
    /// How it was proven there who it is (RFC 8176).
    let methods: [String]

    /// Whether there was more than one proof.
    var isTwoFactors: Bool { methods.contains("mfa") }
}
