import JSON
import Shapes
import Testing
import Vocabulary

enum Thing: Identified { static let idPrefix: StaticString = "thing" }

@Suite("Values on the wire")
struct WireValueTests {
    /// The value as JSON again, or the complaint's code.
    func read<Value: WireValue>(_ type: Value.Type, _ input: WireInput) -> String {
        var complaints = Complaints()
        guard let value = Value.read(input, &complaints) else { return complaints.list.map(\.code).joined() }
        return value.jsonText
    }

    @Test(
        "integers",
        arguments: [
            (.text("5"), "5"), (.text("-5"), "-5"), (.text("0"), "0"), (.text("+5"), "wrong_type"),
            (.text(" 5"), "wrong_type"), (.text("5 "), "wrong_type"), (.text("5.0"), "wrong_type"),
            (.text("05"), "wrong_type"), (.text("-0"), "wrong_type"), (.text(""), "wrong_type"),
            (.text("٥"), "wrong_type"), (.text("0x5"), "wrong_type"), (.json(5), "5"),
            (.json("5"), "wrong_type"),
            (.json(nil), "wrong_type"), (.json(true), "wrong_type"),
            (.json(.integer(1 << 40)), "out_of_range"),
            (.texts(["5"]), "wrong_type"),
        ] as [(WireInput, String)])
    func integers(input: WireInput, result: String) { #expect(read(Int32.self, input) == result) }

    @Test("a whole number with a fraction part is an integer in JSON")
    func whole() throws {
        #expect(read(Int.self, .json(try JSON(parsing: "5.0"))) == "5")
        #expect(read(Int.self, .json(try JSON(parsing: "5.5"))) == "wrong_type")
    }

    @Test(
        "truth is spelled one way",
        arguments: [
            (.text("true"), "true"), (.text("false"), "false"), (.text("TRUE"), "wrong_type"),
            (.text("1"), "wrong_type"),
            (.text(""), "wrong_type"), (.json(true), "true"), (.json("true"), "wrong_type"),
            (.json(1), "wrong_type"),
        ] as [(WireInput, String)])
    func truth(input: WireInput, result: String) { #expect(read(Bool.self, input) == result) }

    @Test(
        "numbers",
        arguments: [
            (.text("1.5"), "1.5"), (.text("1e3"), "1000.0"), (.text("-2"), "-2.0"),
            (.text("nan"), "wrong_type"),
            (.text("inf"), "wrong_type"), (.text(".5"), "wrong_type"), (.text("\"5\""), "wrong_type"),
            (.text("[1]"), "wrong_type"), (.text("null"), "wrong_type"), (.json(2), "2.0"),
            (.json("2"), "wrong_type"),
        ] as [(WireInput, String)])
    func numbers(input: WireInput, result: String) { #expect(read(Double.self, input) == result) }

    @Test(
        "text has no control characters but tab and line feed",
        arguments: [
            ("plain", true), ("tab\tand\nline", true), ("ä€😀", true), ("\u{a0}", true), ("", true),
            ("a\0", false),
            ("a\r", false), ("\u{1b}[0m", false), ("\u{7f}", false), ("\u{80}", false), ("\u{9f}", false),
            ("\u{b}", false),
        ])
    func text(text: String, isPlain: Bool) {
        let expected = isPlain ? text.jsonText : "wrong_form"
        #expect(read(String.self, .json(.string(text))) == expected)
        #expect(read(String.self, .text(text)) == expected)
    }

    @Test("text without a rule has a limit, counted in code points")
    func lengthMax() {
        #expect(read(String.self, .text(String(repeating: "ä", count: 20_000))) != "wrong_length")
        #expect(read(String.self, .text(String(repeating: "ä", count: 20_001))) == "wrong_length")
    }

    @Test("each word of the vocabulary reads its own text and no other")
    func vocabulary() {
        let id = "thing_01jd4rznr0fk2vdr1b3wx4rqbe"
        #expect(read(ID<Thing>.self, .json(.string(id))) == "\"\(id)\"")
        #expect(read(ID<Thing>.self, .text("apt_01jd4rznr0fk2vdr1b3wx4rqbe")) == "wrong_form")
        let uuid = "01931c6e-5f00-7cc5-b6e0-2b1f3a4c5d6e"
        #expect(read(UniqueID.self, .text(uuid)) == "\"\(uuid)\"")
        #expect(read(Instant.self, .text("2027-01-04T09:00:00+05:30")) == #""2027-01-04T03:30:00Z""#)
        #expect(read(Instant.self, .text("2027-01-04T09:00:00")) == "wrong_form")
        #expect(read(Instant.self, .json(5)) == "wrong_form")
        #expect(read(Day.self, .text("2027-02-28")) == #""2027-02-28""#)
        #expect(read(Day.self, .text("2027-02-29")) == "wrong_form")
        #expect(read(Slug.self, .text("sunrise-2")) == #""sunrise-2""#)
        #expect(read(Slug.self, .text("Sunrise")) == "wrong_form")
        #expect(read(Language.self, .text("pt-BR")) == #""pt-BR""#)
        #expect(read(Language.self, .text("PT")) == "wrong_form")
        #expect(read(Currency.self, .text("INR")) == #""INR""#)
        #expect(read(Currency.self, .text("inr")) == "wrong_form")
        #expect(read(Role.self, .text("doctor")) == #""doctor""#)
        #expect(read(Role.self, .text("Doctor")) == "not_one_of")
    }

    @Test("every element of a list has its complaint, and a list has a limit")
    func lists() {
        var complaints = Complaints()
        #expect([Int].read(.json([1, "x", 2, nil]), &complaints) == nil)
        #expect(complaints.list.map(\.pointer) == ["/1", "/3"])
        #expect(read([Int].self, .texts(["1", "2"])) == "[1,2]")
        #expect(read([Int].self, .text("1")) == "[1]")
        #expect(read([Int].self, .json(1)) == "wrong_type")
        #expect(read([Int].self, .json(.array(Array(repeating: 1, count: 1_001)))) == "wrong_count")
    }

    @Test("an optional takes null, and complains of everything else as its value does")
    func optionals() {
        #expect(read(Int?.self, .json(nil)) == "null")
        #expect(read(Int?.self, .json(5)) == "5")
        #expect(read(Int?.self, .json("5")) == "wrong_type")
        #expect(read(Int?.self, .text("")) == "wrong_type")
    }

    @Test("an optional that was prepared once reads as one that was not")
    func preparedOptionals() throws {
        struct Place: Shape {
            @Field("How many stairs.") var stairs: Int
        }
        let prepared = try #require(Optional<Place>.prepared)
        for json: JSON in [nil, ["stairs": 3], ["stairs": nil], ["stairs": "3"], [], "3"] {
            var complaints = Complaints()
            let value = prepared(.json(json), &complaints)
            let outcome = value?.jsonText ?? complaints.list.map(\.code).joined()
            #expect(outcome == read(Place?.self, .json(json)), "\(json)")
        }
        #expect(Int?.prepared == nil)
    }

    @Test("an optional's schema allows null, whatever it wraps")
    func optionalSchemas() {
        #expect(Int?.schema["type"] == ["integer", "null"])
        #expect(Tone?.schema.anyOf == [Tone.schema, .typed("null")])
        #expect(Contact?.schema.anyOf.map(\.name) == ["Contact", nil])
    }
}

/// A value whose author forgot to complain.
struct Sulking: WireValue {
    static let schema = Schema.string()
    static func read(_ input: WireInput, _ complaints: inout Complaints) -> Sulking? { nil }
    func write(to writer: inout JSONWriter) { writer.null() }
}

@Suite("Rules")
struct RuleTests {
    func complaints<Value: WireValue>(_ value: Value, _ rules: Rule<Value.Content>...) -> [String] {
        let declaration = Declaration<Value>(help: "A value.", rules: rules, standIn: nil)
        var complaints = Complaints()
        _ = declaration.value(of: .json((try? JSON(parsing: value.jsonText)) ?? .null), &complaints)
        return complaints.list.map(\.detail)
    }

    @Test("a value that is refused without a word is refused all the same")
    func sulking() {
        struct Mood: Shape {
            @Field("How it is.") var mood: Sulking
        }
        #expect {
            try Mood(reading: ["mood": "well"])
        } throws: { error in
            (error as? ShapeFault)?.complaints.map(\.pointer) == ["/mood"]
        }
    }

    @Test("a length counts code points, as JSON Schema does")
    func length() {
        #expect(complaints("👩‍⚕️", .length(4...4)) == [])
        #expect(complaints("👩‍⚕️", .length(1...1)) == ["must have 1 to 1 characters"])
        #expect(complaints("e\u{301}", .length(2...2)) == [])
    }

    @Test("bounds are included")
    func bounds() {
        #expect(complaints(1, .within(1...3)) == [] && complaints(3, .within(1...3)) == [])
        #expect(complaints(0, .within(1...3)) == ["must be from 1 to 3"])
        #expect(complaints(4, .within(1...3)) == ["must be from 1 to 3"])
        #expect(complaints(0.5, .within(0...0.5)) == [] && complaints(0.6, .within(0...0.5)).count == 1)
    }

    @Test("a rule on an optional judges what it holds, and nothing where it holds nothing")
    func optionals() {
        #expect(complaints(Int?.none, .within(1...3)) == [])
        #expect(complaints(Int?.some(4), .within(1...3)) == ["must be from 1 to 3"])
    }

    @Test("patterns, choices, counts and checks complain in words")
    func words() {
        let lower = Rule<String>.pattern("^[a-z]+$", "be lower-case letters") {
            $0.allSatisfy { ("a"..."z").contains($0) }
        }
        #expect(complaints("abc", lower) == [] && complaints("Abc", lower) == ["must be lower-case letters"])
        #expect(complaints("x", .oneOf("a", "b")) == ["must be one of a, b"])
        #expect(complaints([1, 2], .count(3...4)) == ["must have 3 to 4 elements"])
        #expect(
            complaints([1, 9], .each(.within(1...3))) == [
                "must have elements of which each must be from 1 to 3"
            ])
        #expect(complaints(7, .check("odd", "be even") { $0 % 2 == 0 }) == ["must be even"])
    }

    @Test("every rule stands in the schema")
    func schemas() {
        func schema<Value: WireValue>(_: Value.Type, _ rule: Rule<Value.Content>) -> Schema {
            Declaration<Value>(help: "A value.", rules: [rule], standIn: nil).schema
        }
        #expect(schema(String.self, .length(1...9))["maxLength"] == 9)
        #expect(schema(String?.self, .length(1...9))["minLength"] == 1)
        #expect(schema(String.self, .oneOf("a"))["enum"] == ["a"])
        #expect(schema(String.self, .oneOf("a"))["pattern"] == nil)
        #expect(schema(String.self, .pattern("^a$", "be a") { $0 == "a" })["pattern"] == "^a$")
        #expect(schema(Int.self, .within(1...9))["maximum"] == 9)
        #expect(schema([Int].self, .count(1...9))["minItems"] == 1)
        #expect(schema([Int].self, .each(.within(1...9))).items.first?["maximum"] == 9)
        #expect(schema(Int.self, .check("odd", "be even") { _ in true })["x-rule"] == "must be even")
        #expect(schema(Int.self, .within(1...9))["description"] == "A value.")
    }
}
