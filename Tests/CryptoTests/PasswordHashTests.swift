import Crypto
import Testing

struct PasswordHashTests {
    private static let cheap = PasswordHash.Cost(passes: 1, memoryBytes: 8 << 20)
    private static let password = Array("correct horse".utf8)

    @Test("a hash knows its password and no other, and two of the same password differ")
    func hashes() throws {
        let hash = try #require(PasswordHash(of: Self.password, cost: Self.cheap))
        #expect(hash.text.hasPrefix("$argon2id$v=19$m=8192,t=1,p=1$"))
        #expect(hash.accepts(Self.password))
        #expect(!hash.accepts(Array("correct horsf".utf8)))
        #expect(!hash.accepts(Self.password + [0]))
        #expect(!hash.accepts([]))
        #expect(PasswordHash(of: Self.password, cost: Self.cheap) != hash)
    }

    /// argon2-cffi: `hash_secret(b"correct horse", b"sixteen bytes ok", 2, 8192, 1, 32, Type.ID)`
    @Test("a hash that another library made is understood")
    func foreign() {
        let hash = PasswordHash(
            text: "$argon2id$v=19$m=8192,t=2,p=1$c2l4dGVlbiBieXRlcyBvaw$"
                + "0mKDXLvhvrDj8fLqfR1i8XslBdn+wedsC2NkxK4c+go")
        #expect(hash.accepts(Self.password))
        #expect(!hash.accepts(Array("correct hors".utf8)))
    }

    @Test("a hash made at other costs is told from one made at these")
    func costs() throws {
        let hash = try #require(PasswordHash(of: Self.password, cost: Self.cheap))
        #expect(!hash.differs(from: Self.cheap))
        #expect(hash.differs(from: PasswordHash.Cost(passes: 2, memoryBytes: 8 << 20)))
        #expect(hash.differs(from: PasswordHash.Cost(passes: 1, memoryBytes: 9 << 20)))
    }

    @Test("what is no hash accepts nothing", arguments: ["", "$argon2id$", "$2b$10$abc", "plain"])
    func strange(text: String) {
        #expect(!PasswordHash(text: text).accepts(Array(text.utf8)))
        #expect(PasswordHash(text: text).differs(from: Self.cheap))
    }

    @Test(
        "base32 is RFC 4648's, without padding",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func base32(plain: String, text: String) { #expect(Base32.encode(Array(plain.utf8)) == text) }
}
