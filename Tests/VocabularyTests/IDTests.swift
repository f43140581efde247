import Testing
import Vocabulary

private enum Ticket: Identified { static let idPrefix: StaticString = "tkt" }
private enum Token: Identified { static let idPrefix: StaticString = "tok" }

@Suite("An id")
struct IDTests {
    private let now = Instant(microseconds: 1_799_020_800_123_456)

    @Test("is the TypeID that the specification's example gives")
    func specified() throws {
        let unique = try #require(UniqueID(uuidText: "01890a5d-ac96-774b-bcce-b302099a8057"))
        #expect(ID<Ticket>(unique).text == "tkt_01h455vb4pex5vsknk084sn02q")
    }

    @Test("reads back what it wrote, whatever its bits")
    func roundTrip() {
        for _ in 0..<1000 {
            let id = ID<Ticket>(UniqueID(high: .random(in: 0...UInt64.max), low: .random(in: 0...UInt64.max)))
            #expect(ID<Ticket>(text: id.text) == id)
            #expect(UniqueID(uuidText: id.unique.uuidText) == id.unique)
            #expect(ID<Token>(text: id.text) == nil)
        }
    }

    @Test(
        "refuses other spellings",
        arguments: [
            "tkt_01h455vb4pex5vsknk084sn02", "tkt_01h455vb4pex5vsknk084sn02q0",
            "tkt_81h455vb4pex5vsknk084sn02q",
            "tkt_01H455VB4PEX5VSKNK084SN02Q", "tkt_01h455vb4pex5vsknk084sn0iq",
            "tkt01h455vb4pex5vsknk084sn02q", "",
            "_01h455vb4pex5vsknk084sn02q", "tkt-01h455vb4pex5vsknk084sn02q",
        ])
    func refused(text: String) {
        #expect(ID<Ticket>(text: text) == nil)
    }

    @Test("is a UUID of version 7 that sorts by the moment it was made")
    func version() {
        let early = UniqueID.random(at: now), late = UniqueID.random(at: now + .microseconds(500))
        #expect(early < late)
        #expect(early.uuidText.dropFirst(14).first == "7")
        #expect("89ab".contains(early.uuidText.dropFirst(19).prefix(1)))
        #expect(early.instant == Instant(microseconds: now.milliseconds * 1000))
    }
}

@Suite("A slug and a language")
struct NameTests {
    @Test(
        "a slug is a label of a host",
        arguments: ["a", "mitra", "st-anna-2", String(repeating: "x", count: 63)])
    func slug(text: String) {
        #expect(Slug(text: text)?.text == text)
    }

    @Test(
        "and nothing else is",
        arguments: [
            "", "-a", "a-", "A", "a.b", "a_b", "clínica", "xn--abc", String(repeating: "x", count: 64),
        ])
    func notSlug(text: String) {
        #expect(Slug(text: text) == nil)
    }

    @Test(
        "a language has the shape of BCP 47",
        arguments: ["en", "hi", "pt-BR", "sr-Latn", "zh-Hant-TW", "mai"])
    func language(tag: String) {
        #expect(Language(tag: tag)?.tag == tag)
    }

    @Test(
        "and other shapes are refused",
        arguments: ["", "e", "EN", "en_US", "en-us", "en-", "en-US-x", "english"])
    func notLanguage(tag: String) {
        #expect(Language(tag: tag) == nil)
    }
}

@Suite("Roles")
struct RoleTests {
    @Test("twenty-two are held by people, three by programs and screens")
    func count() {
        #expect(Role.human.count == 22)
        #expect(Role.allCases.count == 25)
        #expect(Role.allCases.filter(\.isOutsideClinics).count == 5)
    }
}
