import Testing

@testable import Reception

@Suite("Entity tags and keys in header fields") struct EntityTagsTests {
    @Test(
        "a well-formed field is read",
        arguments: [
            ("*", EntityTags.any), ("\"3\"", .listed([.init(text: "3", isWeak: false)])),
            ("W/\"3\"", .listed([.init(text: "3", isWeak: true)])),
            (
                "\"a,b\" ,\t\"\"",
                .listed([.init(text: "a,b", isWeak: false), .init(text: "", isWeak: false)])
            ),
        ])
    func wellFormed(field: String, expected: EntityTags) {
        #expect(EntityTags(field) == expected)
    }

    @Test(
        "a malformed field is refused, never guessed",
        arguments: [
            "", "3", "\"3", "3\"", "w/\"3\"", "\"3\",", ",\"3\"", "\"3\" \"4\"", "*, \"3\"", "W /\"3\"",
            "\"a\"b",
            "\"\u{7f}\"", "\"a b\"", String(repeating: "\"1\",", count: 32) + "\"1\"",
        ])
    func malformed(field: String) {
        #expect(EntityTags(field) == nil)
    }

    @Test("If-Match compares strongly, If-None-Match weakly")
    func comparison() throws {
        let weak = try #require(EntityTags("W/\"3\", \"4\""))
        #expect(!weak.matchesStrongly("3"))
        #expect(weak.matchesStrongly("4"))
        #expect(weak.matchesWeakly("3"))
        #expect(!weak.matchesWeakly("5"))
        #expect(EntityTags.any.matchesStrongly("anything"))
    }

    @Test("an idempotency key is 1 to 255 visible ASCII characters")
    func keys() {
        for good in ["a", "8e03978e-40d5-43e8-bc93-6894a57f9324", String(repeating: "~", count: 255)] {
            #expect(IdempotencyKey(good)?.text == good)
        }
        for bad in ["", " ", "a b", "a\u{7f}", "é", "\t", String(repeating: "a", count: 256)] {
            #expect(IdempotencyKey(bad) == nil)
        }
    }
}
