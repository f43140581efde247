import JSON
import Testing

/// One document and what becomes of it: a fault's code, or nil when it is taken.
struct Document: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let fault: JSONFault.Code?
    let pointer: String

    init(_ text: String, _ fault: JSONFault.Code? = nil, at pointer: String = "") {
        (bytes, self.fault, self.pointer) = (Array(text.utf8), fault, pointer)
    }

    init(bytes: [UInt8], _ fault: JSONFault.Code?, at pointer: String = "") {
        (self.bytes, self.fault, self.pointer) = (bytes, fault, pointer)
    }

    var testDescription: String { String(decoding: bytes.prefix(40), as: UTF8.self) }
}

@Suite("Reading JSON strictly")
struct JSONReaderTests {
    static let taken: [Document] = [
        "null", "true", "false", "0", "-0", "1", "-1", "10", "9223372036854775807", "-9223372036854775808",
        "0.0",
        "-0.0", "1.5", "0.1e1", "1e5", "1E5", "1e+5", "1e-5", "123.456e-7", "1e308",
        "-1.7976931348623157e308",
        "1e-400", "\"\"", "\"a\"", "\"\\\"\"", "\"\\\\\"", "\"\\/\"", "\"\\b\\f\\n\\r\\t\"", "\"\\u0041\"",
        "\"\\u00e4\"", "\"\\u20AC\"", "\"\\ud83d\\ude00\"", "\"\\uDBFF\\uDFFF\"", "\"\\uFFFF\"", "\"\u{7f}\"",
        "\"ä€😀\"", "\"\u{2028}\"", "\"\u{feff}\"", "[]", "[ ]", "[1]", "[1,2]", "[[]]", "[[],[[]]]",
        "[null,true]",
        "{}", "{ }", "{\"a\":1}", "{\"a\":{\"b\":[]}}", "{\"\":0}", "{\"a\":1,\"A\":2}", "{\"a\":{\"a\":1}}",
        "[{\"a\":1},{\"a\":2}]", " \t\r\n1 \t\r\n", "{ \"a\" : 1 , \"b\" : 2 }", "[1 ,2]",
        "\"e\u{301}\"", "{\"\u{e9}\":1,\"e\u{301}\":2}", "\"/\"",
    ].map { Document($0) }

    static let refused: [Document] = [
        Document("", .unexpectedEnd), Document(" ", .unexpectedEnd), Document("nul", .unexpectedEnd),
        Document("nulL", .syntax), Document("True", .syntax), Document("nan", .syntax),
        Document("NaN", .syntax),
        Document("Infinity", .syntax), Document("-Infinity", .syntax), Document("undefined", .syntax),
        Document("'a'", .syntax), Document("01", .syntax), Document("-01", .syntax), Document("+1", .syntax),
        Document(".5", .syntax), Document("1.", .unexpectedEnd), Document("1.e5", .syntax),
        Document("1e", .unexpectedEnd), Document("1e+", .unexpectedEnd), Document("-", .unexpectedEnd),
        Document("- 1", .syntax), Document("0x10", .trailingBytes), Document("1_000", .trailingBytes),
        Document("1 2", .trailingBytes), Document("--1", .syntax), Document("1.2.3", .trailingBytes),
        Document("9223372036854775808", .numberOutOfRange),
        Document("-9223372036854775809", .numberOutOfRange),
        Document("100000000000000000000000", .numberOutOfRange), Document("1e309", .numberOutOfRange),
        Document("-1e309", .numberOutOfRange), Document("1e999999999999", .numberOutOfRange),
        Document("0." + String(repeating: "1", count: 200), .numberOutOfRange),
        Document("\"", .unexpectedEnd), Document("\"a", .unexpectedEnd), Document("\"\\", .unexpectedEnd),
        Document("\"\\u", .unexpectedEnd), Document("\"\\u00", .unexpectedEnd),
        Document("\"\\u00g0\"", .syntax),
        Document("\"\\x41\"", .syntax), Document("\"\\a\"", .syntax), Document("\"\\'\"", .syntax),
        Document("\"\\U0041\"", .syntax), Document("\"\t\"", .syntax), Document("\"\n\"", .syntax),
        Document("\"\u{1f}\"", .syntax), Document("\"\0\"", .nul), Document("\"\\u0000\"", .nul),
        Document("\"\\ud800\"", .loneSurrogate), Document("\"\\udc00\"", .loneSurrogate),
        Document("\"\\ud800\\ud800\"", .loneSurrogate), Document("\"\\ud800x\"", .loneSurrogate),
        Document("\"\\ud800\\n\"", .loneSurrogate), Document("\"\\ud83d\\u0041\"", .loneSurrogate),
        Document(bytes: [0x22, 0xFF, 0x22], .invalidUTF8), Document(bytes: [0x22, 0xC3, 0x22], .invalidUTF8),
        Document(bytes: [0x22, 0xC0, 0x80, 0x22], .invalidUTF8),
        Document(bytes: [0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8),
        Document(bytes: [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8),
        Document(bytes: [0x22, 0x5C, 0x6E, 0xFF, 0x22], .invalidUTF8),
        Document(bytes: [0xEF, 0xBB, 0xBF, 0x31], .syntax), Document(bytes: [0xFF, 0xFE, 0x31, 0], .syntax),
        Document(bytes: [0x31, 0x00], .trailingBytes), Document("[", .unexpectedEnd), Document("]", .syntax),
        Document("[1", .unexpectedEnd, at: "/0"), Document("[1,", .unexpectedEnd, at: "/1"),
        Document("[,1]", .syntax, at: "/0"),
        Document("[1,]", .syntax, at: "/1"), Document("[1,,2]", .syntax, at: "/1"),
        Document("[1 2]", .syntax, at: "/0"),
        Document("[1}", .syntax, at: "/0"), Document("[1]]", .trailingBytes), Document("{", .unexpectedEnd),
        Document("}", .syntax), Document("{\"a\"}", .syntax, at: "/a"),
        Document("{\"a\":}", .syntax, at: "/a"),
        Document("{\"a\":1", .unexpectedEnd, at: "/a"), Document("{\"a\":1,}", .syntax, at: "/a"),
        Document("{,}", .syntax), Document("{a:1}", .syntax), Document("{'a':1}", .syntax),
        Document("{1:1}", .syntax),
        Document("{\"a\":1 \"b\":2}", .syntax, at: "/a"), Document("{\"a\" 1}", .syntax, at: "/a"),
        Document("{\"a\"::1}", .syntax, at: "/a"), Document("{}{}", .trailingBytes),
        Document("{\"a\":1]", .syntax, at: "/a"),
        Document("// x\n1", .syntax), Document("/* x */1", .syntax), Document("1 // x", .trailingBytes),
        Document("{\"a\":1,\"a\":1}", .duplicateKey, at: "/a"),
        Document("{\"a\":1,\"\\u0061\":1}", .duplicateKey, at: "/a"),
        Document("{\"x\":[{},{\"b\":{\"c/d\":1,\"c/d\":1}}]}", .duplicateKey, at: "/x/1/b/c~1d"),
        Document("{\"~\":[0,{\"z\":nulx}]}", .syntax, at: "/~0/1/z"),
    ]

    @Test(
        "what RFC 8259 allows and we want is taken, and survives being written and read again",
        arguments: taken)
    func takes(_ document: Document) throws {
        let value = try JSON(parsing: document.bytes)
        let again = try JSON(parsing: value.jsonText)
        #expect(again == value)
        #expect(again.jsonText == value.jsonText)
    }

    @Test("everything else is refused, with its kind and its place", arguments: refused)
    func refuses(_ document: Document) {
        #expect {
            try JSON(parsing: document.bytes)
        } throws: { error in
            let fault = error as? JSONFault
            return fault?.code == document.fault && fault?.pointer == document.pointer
        }
    }

    @Test("values come out as they went in")
    func values() throws {
        #expect(
            try JSON(parsing: "[9223372036854775807,-9223372036854775808]") == [
                .integer(.max), .integer(.min),
            ])
        #expect(try JSON(parsing: #""\ud83d\ude00\u00e4\n\/""#) == "😀ä\n/")
        let number = try JSON(parsing: "0.10")
        #expect(number.jsonText == "0.10")
        #expect(number != (try JSON(parsing: "0.1")))
        let object = try JSON(parsing: #"{"b":1,"a":[true,null]}"#)
        #expect(object.objectValue?.members.map(\.name) == ["b", "a"])
        #expect(object["a"] == [true, nil])
    }

    @Test("a number that is whole says which integer it is, as long as a Double can tell")
    func wholeNumbers() throws {
        func integer(_ text: String) throws -> Int64? {
            guard case .number(let number) = try JSON(parsing: text) else { return nil }
            return number.exactInteger
        }
        #expect(try integer("1.0") == 1)
        #expect(try integer("1e3") == 1000)
        #expect(try integer("1.5") == nil)
        #expect(try integer("1e300") == nil)
    }

    @Test("depth is limited: 64 are taken, 65 are not", arguments: [("[", "]"), ("{\"a\":", "}")])
    func depth(open: String, close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth - 1) + "[]" + String(repeating: close, count: depth - 1)
        }
        _ = try JSON(parsing: nested(64))
        #expect { try JSON(parsing: nested(65)) } throws: { ($0 as? JSONFault)?.code == .tooDeep }
    }

    @Test("size, text, members and digits are limited")
    func limits() throws {
        let small = JSONLimits(bytes: 40, stringBytes: 5, members: 2, numberBytes: 4)
        func code(_ text: String) -> JSONFault.Code? {
            do { _ = try JSON(parsing: text, limits: small) } catch { return error.code }
            return nil
        }
        #expect(code("[" + String(repeating: "1,", count: 30) + "1]") == .tooLarge)
        #expect(code(#""12345""#) == nil && code(#""123456""#) == .tooLarge)
        #expect(code(#""\n\n\n\n\n""#) == nil && code(#""\n\n\n\n\n\n""#) == .tooLarge)
        #expect(code(#"{"a":1,"b":2}"#) == nil && code(#"{"a":1,"b":2,"c":3}"#) == .tooManyMembers)
        #expect(code("1234") == nil && code("12345") == .numberOutOfRange)
    }

    @Test("a duplicate among hundreds of names is found as well")
    func manyNames() throws {
        let members = (0..<500).map { "\"n\($0)\":\($0)" }
        let object = "{" + members.joined(separator: ",")
        #expect(try JSON(parsing: object + "}")["n499"] == 499)
        #expect { try JSON(parsing: object + ",\"n7\":1}") } throws: { error in
            let fault = error as? JSONFault
            return fault?.code == .duplicateKey && fault?.pointer == "/n7"
        }
    }

    @Test("a fault knows its byte and does not repeat the value")
    func offsets() {
        #expect { try JSON(parsing: #"{"name":"Asha" x}"#) } throws: { error in
            guard let fault = error as? JSONFault else { return false }
            return fault.offset == 15 && !fault.description.contains("Asha")
        }
    }

    @Test("the pull reader gives what it is asked for and nothing else")
    func pulls() throws {
        var reader = JSONReader(Array(#"{"a":[1,"x",true,null],"skip":{"b":[{}]},"c":-2}"#.utf8))
        try reader.beginObject()
        #expect(try reader.nextName() == "a")
        try reader.beginArray()
        #expect(try reader.nextItem())
        #expect(try reader.integer() == 1)
        #expect(try reader.nextItem())
        #expect(try reader.string() == "x")
        #expect(try reader.nextItem())
        #expect(try reader.bool())
        #expect(try reader.nextItem())
        #expect(try reader.null())
        #expect(reader.pointer == "/a/3")
        #expect(try !reader.nextItem())
        #expect(try reader.nextName() == "skip")
        try reader.skip()
        #expect(try reader.nextName() == "c")
        #expect(throws: JSONFault.self) { try reader.string() }
        #expect(try reader.integer() == -2)
        #expect(try reader.nextName() == nil)
        try reader.finish()
    }
}
