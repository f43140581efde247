import Crypto
import HTTP
import Tenancy
import Vocabulary

/// How a program says which one it is (RFC 6749, 2.3.1): by its id and secret, in the field `Authorization`
/// or in the form and never in both; one that keeps no secret, by its id alone.
struct ProgramProof: Sendable {
    let program: ID<TrustedProgram>
    let secret: String?

    /// What the row knows of it.
    struct Known: Sendable {
        let digest: [UInt8]?
        let digestBefore: [UInt8]?
        let beforeUntil: Instant?
        /// What its ID tokens are signed by.
        let algorithm: TokenAlgorithm
    }

    /// Throws the problem that the program is told.
    init(_ field: String?, _ form: SentForm) throws {
        let named: (id: String?, secret: String?)
        if let field {
            guard let pair = Self.basic(field) else { throw OAuthError.unknownProgram }
            guard form["client_secret"] == nil, form["client_id"] ?? pair.id == pair.id else {
                throw OAuthError.invalidRequest.problem("The program proves itself in one way alone.")
            }
            named = (pair.id, pair.secret == "" ? nil : pair.secret)
        } else {
            named = (form["client_id"], form["client_secret"])
        }
        guard let program = named.id.flatMap({ ID<TrustedProgram>(text: $0) }) else {
            throw OAuthError.unknownProgram
        }
        (self.program, secret) = (program, named.secret)
    }

    /// Whether it is that program: with its secret, with the one before while that counts, or, where it keeps
    /// none, without any.
    func isRight(for known: Known, at now: Instant) -> Bool {
        guard let digest = known.digest else { return secret == nil }
        guard let given = secret.map({ ProgramSecret(text: $0).digest }) else { return false }
        if equalInConstantTime(given, digest) { return true }
        guard let before = known.digestBefore, let end = known.beforeUntil, now < end else { return false }
        return equalInConstantTime(given, before)
    }

    /// `Basic`, and base64 of both as forms write them, with a colon between.
    static func basic(_ field: String) -> (id: String?, secret: String?)? {
        guard field.utf8.count <= 1024, field.prefix(6).lowercased() == "basic ",
            let bytes = Base64.decode(field.utf8.dropFirst(6)),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let id = decoded(bytes[..<colon]), let secret = decoded(bytes[(colon + 1)...])
        else { return nil }
        return (id, secret)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        guard let fields = try? FormField.parse(Array("v=".utf8) + bytes), fields.count == 1 else {
            return nil
        }
        return fields[0].value
    }
}
