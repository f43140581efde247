import Crypto
import Testing
import Vocabulary

@testable import Messaging

@Suite("What people want")
struct ConsentTests {
    private static let now = Instant(seconds: 1_799_046_000)
    private static let (one, two) = (TenantID(number: 1), TenantID(number: 2))
    private let reminders = MessageConsent.Choice(.email, .reminder)
    private let adverts = MessageConsent.Choice(.sms, .marketing)

    private func seal() throws -> UnsubscribeSeal {
        UnsubscribeSeal(under: try Secret(rawBytes: Array(repeating: 7, count: 32)))
    }

    @Test("a link works at its clinic, until its end, and as it was made")
    func link() throws {
        let seal = try seal()
        let wish = UnsubscribeSeal.Wish(recipient: .random(at: Self.now), choice: reminders)
        let token = seal.token(for: wish, of: Self.one, at: Self.now)
        let end = Self.now + UnsubscribeSeal.life
        #expect(seal.open(token, of: Self.one, at: Self.now) == wish)
        #expect(seal.open(token, of: Self.one, at: end - .seconds(1)) == wish)
        #expect(seal.open(token, of: Self.one, at: end) == nil)
        #expect(seal.open(token, of: Self.two, at: Self.now) == nil)
        for place in token.indices {
            var altered = token
            altered.replaceSubrange(place...place, with: token[place] == "A" ? "B" : "A")
            #expect(seal.open(altered, of: Self.one, at: Self.now) == nil)
        }
        #expect(seal.open("", of: Self.one, at: Self.now) == nil)
        #expect(token.utf8.count <= 200)
        #expect(!token.contains(wish.recipient.uuidText.prefix(8)))
    }

    @Test("only mails that may be declined have a link")
    func links() throws {
        let links = MessageLinks(under: try Secret(rawBytes: Array(repeating: 7, count: 32))) {
            "https://\($0.text).example"
        }
        let slug = try #require(Slug(text: "mitra"))
        func link(_ channel: MessageChannel, _ category: MessageCategory) -> String? {
            let message = Message(
                id: .random(at: Self.now), category: category, channel: channel, fallbacks: [],
                template: "t", subject: nil, state: .waiting, tries: 0, expiresAt: Self.now,
                sealedContent: nil)
            return links.unsubscribe(
                message, to: .random(at: Self.now), of: slug, in: Self.one, at: Self.now)
        }
        #expect(link(.email, .reminder)?.hasPrefix("https://mitra.example/v1/unsubscribe/") == true)
        #expect(link(.email, .appointment) != nil)
        #expect(link(.email, .code) == nil)
        #expect(link(.sms, .reminder) == nil)
    }

    @Test("what stays as it was is not said anew, and what is not named is taken back")
    func changes() {
        let known = [
            MessageConsent(
                choice: reminders, wanted: false, saidAt: Self.now, speaker: .link, saidBy: nil),
            MessageConsent(choice: adverts, wanted: true, saidAt: Self.now, speaker: .staff, saidBy: nil),
        ]
        let same = MessageConsent.changes(from: known, to: [reminders: false, adverts: true])
        #expect(same.said.isEmpty && same.takenBack.isEmpty)
        let other = MessageConsent.changes(from: known, to: [reminders: true])
        #expect(other.said == [reminders: true])
        #expect(other.takenBack == [adverts])
    }
}

@Suite("The words of shown messages")
struct ShownWordsTests {
    @Test("every language says everything, with the same placeholders", arguments: ShownWords.sentences.keys)
    func whole(_ tag: String) throws {
        let sentences = try #require(ShownWords.sentences[tag])
        #expect(Set(sentences.keys) == Set(ShownWords.templates.keys))
        for (template, words) in sentences {
            let named = Set(Sentences.placeholders(of: words.title + words.text))
            #expect(named == ShownWords.templates[template], "\(tag) \(template)")
        }
    }

    @Test("a moment is told by the clock on the wall where it happens, in the reader's language")
    func moment() throws {
        let facts = ["start": Instant(seconds: 1_799_046_000).text, "zone": "UTC"]
        let romanian = [try #require(Language(tag: "ro-RO"))]
        let words = ShownWords.words("appointment.moved", facts, in: romanian) { _ in .utc }
        #expect(words.title == "O programare are altă oră")
        #expect(words.text == "Acum: 4 ianuarie, 07:00")
        let unknown = ShownWords.words("appointment.booked", facts, in: []) { _ in .utc }
        #expect(unknown.title == "A new appointment")
    }
}
