import JSON
import Shapes
import Tenancy
import Testing
import Vocabulary

@testable import Messaging

@Suite("A clinic's own words")
struct TemplateTests {
    private static let names = LongestNames(clinic: "Mitra", practitioner: "Dr. Iyer", location: "Main")

    private func complaints(
        of json: String, on channel: MessageChannel = .sms, _ name: String = "appointment.booked",
        names: LongestNames = Self.names
    ) throws -> [String] {
        let place = TemplatePlace(
            try #require(TemplateName(name)), in: try #require(Language(tag: "en")), on: channel)
        var complaints = Complaints()
        let parts = try TemplateParts(reading: JSON(parsing: json))
        place.complain(of: parts, with: names, &complaints)
        return complaints.list.map { "\($0.pointer) \($0.code)" }
    }

    @Test("every fault is told at once, each with its pointer")
    func allAtOnce() throws {
        let told = try complaints(
            of: """
                {"subject": "{who}", "text": "On {time at {clinic}", "html": "<p onclick='x'>{time}</b>",
                 "dlt": {"entity_id": "1201159000000000001", "header": "MITRA", "template_id": "1207160000000000001"}}
                """, on: .email)
        #expect(
            told == [
                "/dlt not_for_channel", "/subject unknown_placeholder", "/text unbalanced_braces",
                "/text unknown_placeholder", "/text missing_placeholder", "/text missing_placeholder",
                "/html missing_placeholder", "/html markup_not_allowed", "/html markup_not_allowed",
            ])
    }

    @Test(
        "a channel has its own parts, all of which it needs and none of another's",
        arguments: [
            (MessageChannel.sms, "{}", ["/text missing"]),
            (.email, #"{"text": "{clinic} {time}"}"#, ["/subject missing"]),
            (.email, #"{"subject": "S", "html": "<p>{clinic} {time}</p>"}"#, ["/text missing"]),
            (.whatsApp, #"{"text": "{clinic} {time}"}"#, ["/whatsapp missing"]),
            (.sms, #"{"text": "{clinic} {time}", "subject": "S"}"#, ["/subject not_for_channel"]),
            (.sms, #"{"text": "{clinic} {time}"}"#, []),
            (
                .whatsApp,
                #"{"whatsapp": {"name": "n", "language": "hi", "parameters": ["clinic", "when"]}}"#,
                [
                    "/whatsapp/parameters unknown_placeholder",
                    "/whatsapp/parameters missing_placeholder",
                ]
            ),
        ])
    func form(_ channel: MessageChannel, _ parts: String, _ expected: [String]) throws {
        #expect(try complaints(of: parts, on: channel) == expected)
    }

    @Test(
        "braces are balanced when each is closed before the next opens",
        arguments: [
            ("{a} and {b}", true, ["a", "b"]), ("{a", false, []), ("a}", false, []),
            ("{a {b}", false, ["a b"]), ("{\n}", false, [""]), ("{}", true, [""]), ("", true, []),
        ])
    func braces(_ text: String, _ isBalanced: Bool, _ names: [String]) {
        let cut = TemplateText(text)
        #expect(cut.isBalanced == isBalanced)
        #expect(cut.placeholders == names)
    }

    @Test("what no clinic can say: why somebody comes, and what kind of visit it is")
    func nothingClinical() {
        let sayable = Set(MessageCatalogue.kinds.values.flatMap(\.placeholders))
        #expect(sayable == [.clinic, .practitioner, .location, .time, .code, .minutes, .link, .hours, .role])
        #expect(TemplateName.all.map(\.text) == MessageCatalogue.kinds.keys.sorted())
    }

    @Test("a registered text is judged by the longest names that the clinic has")
    func registered() throws {
        let dlt = #""dlt": {"entity_id": "12011590", "header": "MITRAX", "template_id": "12071600"}"#
        let text = #"{"text": "{clinic}: {practitioner}, {time}, {location}", \#(dlt)}"#
        #expect(try complaints(of: text) == [])
        var names = Self.names
        names.practitioner = String(repeating: "ऐ", count: 31)
        #expect(try complaints(of: text, names: names) == ["/text variable_too_long"])
        names.practitioner.removeLast()
        #expect(try complaints(of: text, names: names) == [])
        names.practitioner = String(repeating: "ऐ", count: 31)
        #expect(try complaints(of: #"{"text": "{clinic}, {time}", \#(dlt)}"#, names: names) == [])
    }

    @Test("every role in every language fits into a registered variable, and none is told by its bare name")
    func roles() throws {
        for tag in MessageCatalogue.sentences.keys.sorted() + ["ta", "pt-BR"] {
            let language = try #require(Language(tag: tag))
            #expect(DLTRegistration.allows(RoleWords.longest(in: language)), "\(tag)")
            for role in Role.allCases.map(\.rawValue) + ["own.front-desk"] {
                let text = RoleWords.text(of: role, in: language)
                #expect(!text.isEmpty && text != role, "\(tag) \(role)")
            }
        }
        let hindi = try #require(Language(tag: "hi-IN"))
        #expect(RoleWords.text(of: "nurse", in: hindi) == "एक नर्स")
    }

    @Test("every moment in every language fits into a registered variable")
    func moments() throws {
        for tag in MessageCatalogue.sentences.keys.sorted() + ["ta", "pt-BR"] {
            let longest = MomentWords.longest(in: try #require(Language(tag: tag)))
            #expect(DLTRegistration.allows(longest), "\(tag): \(longest)")
        }
        let tamil = try #require(Language(tag: "ta"))
        #expect(MomentWords.text(of: Instant(seconds: 0), in: .utc, tamil) == "1970-01-01, 00:00")
    }

    @Test("a variable that is too long is refused when it is sent, and never cut")
    func tooLong() throws {
        var parts = TemplateParts()
        parts.text = "{clinic}: {time}, {practitioner}"
        var dlt = DLTRegistration()
        (dlt.entityID, dlt.header, dlt.templateID) = ("12011590", "MITRAX", "12071600")
        parts.dlt = dlt
        let template = ChosenTemplate(
            name: .booked, channel: .sms, language: .english, parts: parts, version: 3)
        var values = ["clinic": "Mitra", "time": "noon", "practitioner": String(repeating: "x", count: 30)]
        guard case .said(let said) = template.said(with: values, mayBeFree: false) else {
            Issue.record("thirty characters are allowed")
            return
        }
        #expect(said.values == ["Mitra", "noon", values["practitioner"]])
        #expect(said.version == 3)
        #expect(said.words.registration == dlt)
        values["practitioner"]?.append("x")
        guard case .unsayable(.tooLong) = template.said(with: values, mayBeFree: false) else {
            Issue.record("thirty-one are not")
            return
        }
    }

    @Test("in each language the clinic's own words come first, but a nearer language comes before both")
    func chain() throws {
        var parts = TemplateParts()
        parts.text = "own"
        let own = ["en", "ta"].map { OwnTemplate(language: $0, version: 7, parts: parts) }
        let cases: [([String], String, Int32?)] = [
            (["ta"], "ta", 7), (["hi", "en"], "hi", nil), (["fr"], "en", 7), (["ta-IN"], "ta", 7),
            (["fr", "ro"], "ro", nil),
        ]
        for (tags, language, version) in cases {
            let chain = MessageCatalogue.tags(of: tags.compactMap { Language(tag: $0) })
            let chosen = try #require(ChosenTemplate.choose(.booked, on: .sms, among: chain, own: own))
            #expect(chosen.language.tag == language)
            #expect(chosen.version == version)
        }
    }

    @Test(
        "by WhatsApp the clinic's own words are sent within a day of the patient's, else what Meta approved")
    func window() throws {
        let at = Instant(seconds: 1_799_046_000)
        #expect(!AnswerWindow.isOpen(since: nil, at: at))
        #expect(AnswerWindow.isOpen(since: at - .seconds(86_399), at: at))
        #expect(!AnswerWindow.isOpen(since: at - .seconds(86_400), at: at))
        var parts = TemplateParts()
        parts.text = "Hello from {clinic}, {time}"
        parts.whatsapp = ApprovedTemplate(name: "n", language: "hi", parameters: ["time", "clinic"])
        let template = ChosenTemplate(
            name: .booked, channel: .whatsApp, language: .english, parts: parts, version: 1)
        let values = ["clinic": "Mitra", "time": "noon", "practitioner": "P", "location": "L"]
        for mayBeFree in [true, false] {
            guard case .said(let said) = template.said(with: values, mayBeFree: mayBeFree) else {
                Issue.record("it can be said")
                return
            }
            #expect((said.words.approved == nil) == mayBeFree)
            #expect((said.words.short == "Hello from Mitra, noon") == mayBeFree)
            #expect(said.values == (mayBeFree ? ["Mitra", "noon"] : ["noon", "Mitra"]))
        }
    }
}
