import Crypto
import EndpointKit
import JSON
import Testing
import Vocabulary

@testable import Federation

struct ProgramProofTests {
    private static let id = ID<TrustedProgram>(UniqueID(high: 1, low: 2)).text

    private static func form(_ text: String) throws -> SentForm {
        try #require(SentForm(Array(text.utf8)))
    }

    private static func basic(_ pair: String) -> String {
        "Basic " + Base64.text(of: Array(pair.utf8))
    }

    @Test("a program says which it is in the field or in the form, percent-encoded in either")
    func ways() throws {
        let inField = try ProgramProof(Self.basic("\(Self.id):a%2Bb+c"), try Self.form("grant_type=x"))
        #expect(inField.program.text == Self.id && inField.secret == "a+b c")
        let inForm = try ProgramProof(nil, try Self.form("client_id=\(Self.id)&client_secret=s"))
        #expect(inForm.program.text == Self.id && inForm.secret == "s")
        let bare = try ProgramProof(Self.basic("\(Self.id):"), try Self.form("x=y"))
        #expect(bare.secret == nil, "an empty secret is none")
    }

    @Test(
        "what says nothing, or two things, is refused",
        arguments: [
            ("Basic !!!", "", "invalid_client"), ("Bearer x", "", "invalid_client"),
            ("Basic ", "", "invalid_client"),
            ("good", "client_secret=s", "invalid_request"), ("good", "client_id=other", "invalid_request"),
            (nil, "", "invalid_client"), (nil, "client_id=oac_x", "invalid_client"),
        ] as [(String?, String, String)])
    func refused(field: String?, form: String, error: String) throws {
        let field = field == "good" ? Self.basic("\(Self.id):s") : field
        let problem = #expect(throws: Problem.self) { try ProgramProof(field, try Self.form(form)) }
        #expect(problem?.members["error"]?.stringValue == error)
    }

    @Test("a field sent twice is no form, and an empty one is not there")
    func forms() throws {
        #expect(SentForm(Array("a=1&a=1".utf8)) == nil)
        #expect(SentForm(Array("a=%zz".utf8)) == nil)
        #expect(try Self.form("a=&b=x")["a"] == nil)
    }

    @Test("a secret counts, the one before for its time; who keeps none sends none")
    func secrets() throws {
        let (one, two) = (ProgramSecret.random(), ProgramSecret.random())
        let now = Instant(seconds: 100)
        let proof = { (secret: String?) in
            try ProgramProof(
                nil, try Self.form("client_id=\(Self.id)" + (secret.map { "&client_secret=\($0)" } ?? "")))
        }
        let known = ProgramProof.Known(
            digest: two.digest, digestBefore: one.digest, beforeUntil: Instant(seconds: 101),
            algorithm: .edDSA)
        #expect(try proof(two.text).isRight(for: known, at: now))
        #expect(try proof(one.text).isRight(for: known, at: now))
        #expect(try !proof(one.text).isRight(for: known, at: Instant(seconds: 101)))
        #expect(try !proof(nil).isRight(for: known, at: now))
        let open = ProgramProof.Known(digest: nil, digestBefore: nil, beforeUntil: nil, algorithm: .edDSA)
        #expect(try proof(nil).isRight(for: open, at: now))
        #expect(try !proof("x").isRight(for: open, at: now))
    }
}
