import Testing

@testable import Federation

struct GateWordsTests {
    private static func sentences(_ words: GateWords) -> [(name: String, text: String)] {
        Mirror(reflecting: words).children.compactMap { child in
            guard let name = child.label, let text = child.value as? String else { return nil }
            return (name, text)
        }
    }

    /// The names in braces, in any order.
    private static func places(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != "}" })
        }.sorted()
    }

    @Test("every language says everything, about the same names", arguments: GateWords.all.keys.sorted())
    func complete(tag: String) throws {
        let words = Self.sentences(try #require(GateWords.all[tag])), english = Self.sentences(.english)
        #expect(words.count == 41)
        for (word, other) in zip(words, english) {
            #expect(!word.text.isEmpty)
            #expect(Self.places(in: word.text) == Self.places(in: other.text), "\(tag) \(word.name)")
        }
        let same = zip(words, english).filter { $0.text == $1.text }.count
        #expect(tag == "en" || same == 0, "nothing was left in English")
    }

    @Test("a name that looks like a place stays a name")
    func filling() {
        #expect("{a} and {b}.".with(["a": "{b}", "b": "x"]) == "{b} and x.")
    }
}
