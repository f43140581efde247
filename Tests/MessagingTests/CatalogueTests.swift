import Tenancy
import Testing
import Vocabulary

@testable import Messaging

@Suite("The sentences")
struct SentenceTests {
    private static let languages = ["en", "hi", "mr", "ro", "ar"]

    @Test(
        "every language says everything, with the same facts, and names nothing that is not known",
        arguments: languages)
    func whole(_ language: String) throws {
        let spoken = try #require(MessageCatalogue.sentences[language])
        #expect(Set(spoken.keys) == Set(MessageCatalogue.kinds.keys))
        for (template, sentences) in spoken {
            let kind = try #require(MessageCatalogue.kinds[template])
            let known = Set(kind.placeholders.map(\.rawValue)), needed = Set(kind.mandatory.map(\.rawValue))
            let english = try #require(MessageCatalogue.english[template])
            for (own, first) in [(sentences.short, english.short), (sentences.long, english.long)] {
                let placeholders = Set(Sentences.placeholders(of: own))
                #expect(placeholders == Set(Sentences.placeholders(of: first)), "\(language) \(template)")
                #expect(placeholders.isSubset(of: known) && placeholders.isSuperset(of: needed))
            }
            #expect(!sentences.title.isEmpty && !sentences.title.contains("{"))
            #expect(sentences.short.count <= 160)
        }
    }

    @Test("no language was left in English", arguments: languages.dropFirst())
    func translated(_ language: String) throws {
        for (template, sentences) in try #require(MessageCatalogue.sentences[language]) {
            #expect(sentences != MessageCatalogue.english[template])
        }
    }

    @Test(
        "a reader is spoken to in the first language of the chain that we speak",
        arguments: [
            (["mr", "en"], "mr"), (["hi-IN"], "hi"), (["ta", "hi"], "hi"), (["de"], "en"), ([], "en"),
            (["sr-Latn", "ro"], "ro"),
        ])
    func chain(_ tags: [String], _ expected: String) {
        let chain = tags.compactMap { Language(tag: $0) }
        let chosen = ChosenTemplate.choose(
            .booked, on: .sms, among: MessageCatalogue.tags(of: chain), own: [])
        #expect(chosen?.language.tag == expected)
    }

    @Test(
        "a moment is written by the clock on the wall where it happens, in at most thirty letters",
        arguments: [
            ("en", "4 January, 09:05"), ("hi", "4 जनवरी, 09:05"), ("mr", "4 जानेवारी, 09:05"),
            ("ro", "4 ianuarie, 09:05"), ("ar", "4 يناير, 09:05"),
        ])
    func moment(_ tag: String, _ expected: String) throws {
        let zone = try ZoneFiles().zone(named: "Asia/Kolkata")
        let instant = try #require(Instant(text: "2027-01-04T03:35:00Z"))
        let text = MomentWords.text(of: instant, in: zone, try #require(Language(tag: tag)))
        #expect(text == expected)
        #expect(text.count <= 30)
    }

    @Test("a name full of braces and line breaks stays a name")
    func hostileName() throws {
        var content = MessageContent(languages: [], zone: "UTC")
        content.facts = [
            "clinic": .text("{time}\r\nBcc: x"), "practitioner": .text("{practitioner}"),
            "location": .text("x"),
            "time": .time(Instant(seconds: 0)),
        ]
        let words = try #require(try said(content))
        #expect(
            words.short.hasPrefix(
                "{time} Bcc: x: your appointment with {practitioner} is booked for 1 January"))
    }

    @Test("a message with a fact missing is not said at all")
    func missingFact() throws {
        var content = MessageContent(languages: [], zone: "UTC")
        content.facts = ["clinic": .text("Mitra")]
        #expect(try said(content) == nil)
    }

    private func said(_ content: MessageContent) throws -> MessageWords? {
        let chosen = try #require(ChosenTemplate.choose(.booked, on: .sms, among: ["en"], own: []))
        let saying = chosen.said(content, in: try ZoneFiles().zone(named: "UTC"), mayBeFree: false)
        guard case .said(let said) = saying else { return nil }
        return said.words
    }
}

extension TemplateName {
    /// The words most tests speak.
    static let booked: TemplateName = {
        guard let name = TemplateName("appointment.booked") else {
            preconditionFailure("there are such words")
        }
        return name
    }()
}
