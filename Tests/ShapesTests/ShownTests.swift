import JSON
import Shapes
import Testing

private struct Somebody: Output {
    let name = "Asha"
    let phone: String? = "+40721"
    let age = 30

    static let isVersioned = true
    var revision: String? { "7" }
    static let shape = OutputShape<Somebody> {
        Out("id", "Who.") { _ in 1 }
        Out("name", "As they are called.", example: "Asha", part: "identity") { $0.name }
        Out("phone", "Where calls reach them.", part: "phone") { $0.phone }
        Out("age", "How old.", part: "identity") { $0.age }
    }
}

private struct Odd: Shape {
    @Field("A name that is no identifier.") var `hub.mode`: String
}

@Suite("Shown: members of parts that a caller may not see are null")
struct ShownTests {
    private func shown(_ parts: Set<String>?) -> Shown<Somebody> {
        Shown(
            Somebody(), hiding: parts.map { Somebody.shape.hidden(exceptParts: $0) } ?? HiddenMembers())
    }

    static let cases: [(Set<String>?, String)] = [
        (nil, #"{"id":1,"name":"Asha","phone":"+40721","age":30}"#),
        (["identity", "phone"], #"{"id":1,"name":"Asha","phone":"+40721","age":30}"#),
        (["identity"], #"{"id":1,"name":"Asha","phone":null,"age":30}"#),
        (["phone", "mail"], #"{"id":1,"name":null,"phone":"+40721","age":null}"#),
        ([], #"{"id":1,"name":null,"phone":null,"age":null}"#),
    ]

    @Test("each part is written or null", arguments: cases.indices)
    func writing(index: Int) {
        let (parts, text) = Self.cases[index]
        #expect(shown(parts).jsonText == text)
        var writer = JSONWriter()
        Shown.write([shown(parts), shown(nil)], to: &writer)
        let list = String(decoding: writer.bytes, as: UTF8.self)
        #expect(list == "[\(text),\(shown(nil).jsonText)]")
    }

    @Test("the schema says which member is of which part, and that it may be null")
    func schema() throws {
        let text = try JSON(parsing: Shown<Somebody>.schema.jsonText)
        let name = try #require(text["properties"]?["name"]), id = try #require(text["properties"]?["id"])
        #expect(name["x-part"]?.stringValue == "identity")
        #expect(name["type"]?.arrayValue == ["string", "null"])
        #expect(id["x-part"] == nil && id["type"]?.stringValue == "integer")
        #expect(Shown<Somebody>.schema.name == "ShownSomebody")
    }

    @Test("two who see different members see different revisions")
    func revisions() {
        #expect(shown(nil).revision == "7")
        #expect(Set([nil, [], ["identity"], ["phone"]].map { shown($0).revision }).count == 4)
    }

    @Test("a name that is no identifier is read as it is written")
    func rawNames() throws {
        let odd = try Odd(reading: try JSON(parsing: #"{"hub.mode": "subscribe"}"#))
        #expect(odd.`hub.mode` == "subscribe")
        let other = try JSON(parsing: #"{"hub_mode": "subscribe"}"#)
        #expect(throws: ShapeFault.self) { try Odd(reading: other) }
    }
}
