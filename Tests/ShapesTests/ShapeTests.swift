import JSON
import Shapes
import Testing
import Vocabulary

enum Tone: String, CaseIterable, WireValue { case formal, friendly }

struct Contact: Shape {
    @Field("Where mail goes.", .length(3...80)) var email: String
    @Field("A number to call.") var phone: String?
}

struct Foreign: Shape {
    @Field("Not a name of ours.") var `hub.mode`: String
}

struct BookingRules: Shape {
    @Field("Minutes of notice.", .within(0...10_080)) var leadMinutes = 60
    @Field("Days ahead.", .within(1...365)) var horizonDays = 30
    @Field("How messages sound.") var tone: Tone = .friendly
    @Field("Languages, the preferred one first.", .count(1...5)) var languages: [Language]
    @Field("Whom to write to.") var contact: Contact
    @Field("More contacts.", .count(0...2)) var others: [Contact] = []
    @Field("A share.", .within(0...1)) var share: Double?

    func check(_ complaints: inout Complaints) {
        if leadMinutes > horizonDays * 1_440 {
            complaints.add("contradiction", "must not exceed the horizon", at: "/lead_minutes")
        }
    }
}

@Suite("Shapes: configuration and forms")
struct ShapeTests {
    func complaints(_ text: String) throws -> [String] {
        do {
            _ = try BookingRules(reading: JSON(parsing: text))
            return []
        } catch let fault as ShapeFault {
            return fault.complaints.map { "\($0.pointer) \($0.code)" }
        }
    }

    @Test("what is given is read, what is not given has its default")
    func reads() throws {
        let rules = try BookingRules(
            reading: [
                "horizon_days": 14, "languages": ["hi", "en"],
                "contact": ["email": "a@b.example", "phone": nil],
                "others": [["email": "c@d.example"]],
            ])
        #expect(rules.leadMinutes == 60 && rules.horizonDays == 14 && rules.tone == .friendly)
        #expect(rules.languages.map(\.tag) == ["hi", "en"])
        #expect(rules.contact.email == "a@b.example" && rules.contact.phone == nil)
        #expect(rules.others.map(\.email) == ["c@d.example"])
        #expect(rules.share == nil)
    }

    @Test("everything that is wrong is said at once, each with its pointer")
    func complains() throws {
        let found = try complaints(
            """
            {"lead_minutes":-1,"horizon_days":"14","tone":"rude","languages":[],"odd/one":1,
             "contact":{"email":"x","fax":1},"others":[{"email":"ok@ok"},{"phone":5}],"share":2}
            """)
        #expect(
            Set(found) == [
                "/lead_minutes out_of_range", "/horizon_days wrong_type", "/tone not_one_of",
                "/languages wrong_count",
                "/odd~1one unknown_member", "/contact/email wrong_length", "/contact/fax unknown_member",
                "/others/1/email missing", "/others/1/phone wrong_type", "/share out_of_range",
            ])
    }

    @Test("a contradiction between fields is asked about once the fields are well")
    func contradiction() throws {
        let rest = #""languages":["en"],"contact":{"email":"a@b.example"}"#
        #expect(
            try complaints(#"{"lead_minutes":10080,"horizon_days":1,"# + rest + "}") == [
                "/lead_minutes contradiction"
            ])
        #expect(
            try complaints(#"{"lead_minutes":10081,"horizon_days":1,"# + rest + "}") == [
                "/lead_minutes out_of_range"
            ])
    }

    @Test("a shape is an object", arguments: ["[]", "1", "null", "\"x\""])
    func noObject(text: String) throws { #expect(try complaints(text) == [" wrong_type"]) }

    @Test("a shape writes what reads back as the same shape")
    func writes() throws {
        let text = #"{"languages":["en"],"contact":{"email":"a@b.example"},"tone":"formal"}"#
        let rules = try BookingRules(reading: JSON(parsing: text))
        let written = rules.jsonText
        #expect(
            written == #"{"lead_minutes":60,"horizon_days":30,"tone":"formal","languages":["en"],"#
                + #""contact":{"email":"a@b.example","phone":null},"others":[],"share":null}"#)
        #expect(try BookingRules(reading: JSON(parsing: written)).jsonText == written)
    }

    @Test("a name that another vendor chose is read and written as it is")
    func foreignName() throws {
        let read = try Foreign(reading: JSON(parsing: Array(#"{"hub.mode": "subscribe"}"#.utf8)))
        #expect(read.`hub.mode` == "subscribe")
        #expect(read.jsonText == #"{"hub.mode":"subscribe"}"#)
    }

    @Test("the schema says what the reader does")
    func schema() throws {
        let schema = BookingRules.schema.document(title: "Booking rules")
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["required"] == ["languages", "contact"])
        #expect(schema["additionalProperties"] == false)
        let properties = schema["properties"]
        #expect(properties?["lead_minutes"]?["default"] == 60)
        #expect(
            properties?["lead_minutes"]?["minimum"] == 0 && properties?["lead_minutes"]?["maximum"] == 10_080)
        #expect(properties?["tone"]?["enum"] == ["formal", "friendly"])
        #expect(properties?["tone"]?["default"] == "friendly")
        #expect(properties?["contact"]?["properties"]?["phone"]?["type"] == ["string", "null"])
        #expect(properties?["others"]?["maxItems"] == 2)
        #expect(properties?["share"]?["description"] == "A share.")
    }

    @Test(
        "names on the wire are snake case",
        arguments: [
            ("startsAt", "starts_at"), ("id", "id"), ("taxID", "tax_id"), ("URLPath", "url_path"),
            ("line2", "line2"),
            ("aB", "a_b"),
        ])
    func names(property: String, wire: String) { #expect(WireName.snake(property) == wire) }
}
