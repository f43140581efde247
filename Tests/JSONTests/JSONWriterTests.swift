import JSON
import TestKit
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("commas and colons stand where they belong")
    func structure() {
        let text = written { writer in
            writer.object { writer in
                writer.member("a", 1)
                writer.key("b")
                writer.array { writer in
                    writer.object { _ in }
                    writer.array { _ in }
                    writer.null()
                    writer.bool(false)
                    writer.raw("[1]")
                    writer.raw(bytes: "{}".utf8)
                }
                writer.key(text: "c\"d")
                writer.string("x")
                writer.key(JSONKey("e"))
                writer.double(1.5)
            }
        }
        #expect(text == #"{"a":1,"b":[{},[],null,false,[1],{}],"c\"d":"x","e":1.5}"#)
    }

    @Test(
        "text is escaped as RFC 8259 wants and no further",
        arguments: [
            ("", #""""#), ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#),
            ("\u{8}\t\n\u{c}\r", #""\b\t\n\f\r""#),
            ("\0\u{1}\u{1f}", #""\u0000\u0001\u001f""#), ("/\u{7f}ä€😀\u{2028}", "\"/\u{7f}ä€😀\u{2028}\""),
            ("\"", #""\"""#), ("ends in \n", #""ends in \n""#),
        ])
    func escapes(text: String, json: String) throws {
        #expect(written { $0.string(text) } == json)
    }

    @Test("every byte that needs an escape gets one, wherever in a text it stands", arguments: 0..<20)
    func everyPlace(place: Int) throws {
        for byte in (1...127).map(UInt8.init) {
            var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 20)
            bytes[place] = byte
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(try JSON(parsing: written { $0.string(text) }) == .string(text))
            let fromBytes = written { writer in bytes.withUnsafeBufferPointer { writer.string(utf8: $0) } }
            #expect(fromBytes == written { $0.string(text) })
        }
    }

    @Test("bytes that are no UTF-8 leave as a String would repair them")
    func repaired() {
        let bytes: [UInt8] = [0x61, 0xC3, 0x28, 0xFF, 0x62]
        let text = written { writer in bytes.withUnsafeBufferPointer { writer.string(utf8: $0) } }
        #expect(text == "\"a\u{FFFD}(\u{FFFD}b\"")
    }

    @Test("a document outgrows its first buffer without losing a byte")
    func growth() throws {
        let items = (0..<500).map { JSON.object(["n": .integer(Int64($0)), "t": .string("\($0) \"x\"")]) }
        var writer = JSONWriter(capacity: 0)
        items.write(to: &writer)
        #expect(try JSON(parsing: writer.bytes) == .array(items))
    }

    @Test("integers of every width keep every digit")
    func integers() {
        let text = written { writer in
            writer.array { writer in
                writer.int(0)
                writer.int(Int64.min)
                writer.int(Int64.max)
                writer.int(UInt64.max)
                writer.int(Int8(-128))
                writer.int(UInt8(9))
                writer.int(1000)
            }
        }
        #expect(text == "[0,-9223372036854775808,9223372036854775807,18446744073709551615,-128,9,1000]")
    }

    @Test(
        "a double reads back as itself",
        arguments: [
            0.1, 1.0, -0.0, 1e21, 1e-7, .leastNonzeroMagnitude, 1.7976931348623157e308, 1.0 / 3,
            123456789.123,
        ])
    func doubles(value: Double) throws {
        let text = written { $0.double(value) }
        guard case .number(let number) = try JSON(parsing: text) else {
            Issue.record("\(text) is not read as a number with a fraction")
            return
        }
        #expect(number.double == value)
        #expect(text.utf8.count <= 24)
    }

    @Test("what JSON cannot say is null", arguments: [Double.nan, .infinity, -.infinity])
    func infinities(value: Double) { #expect(written { $0.double(value) } == "null") }

    @Test("a plain string takes its bytes from the closure")
    func plain() {
        let text = written { writer in
            writer.plainString(atMost: 8) { buffer in
                buffer.copyBytes(from: "abc".utf8)
                return 3
            }
        }
        #expect(text == #""abc""#)
    }

    @Test(
        "a member behind a prepared key reads as one that was written by itself",
        arguments: ["", "plain", "exactly8", "just nine", "a \"quote\"", "back\\slash", "मीरा", "two\nlines"])
    func members(text: String) {
        let key = JSONKey("a"), opened = JSONKey("long_name_of_a_member", before: "\"")
        let id = JSONKey("id", before: "\"apt_")
        func members(_ writer: inout JSONWriter) {
            var text = text
            text.withUTF8 { text in
                opened.bytes.withUnsafeBufferPointer { writer.member(prepared: $0, utf8: text) }
            }
            key.bytes.withUnsafeBufferPointer { writer.nullMember(prepared: $0) }
            id.bytes.withUnsafeBufferPointer { key in
                writer.member(prepared: key, plainAtMost: 9) { buffer in
                    buffer.copyBytes(from: "42".utf8)
                    return 2
                }
            }
        }
        let expected = written { writer in
            writer.object { writer in
                writer.key("long_name_of_a_member")
                writer.string(text)
                writer.key("a")
                writer.null()
                writer.key("id")
                writer.string("apt_42")
            }
        }
        #expect(written { $0.object(members) } == expected)
        // However little room there was, nothing is lost where it grows.
        for capacity in 0..<expected.utf8.count {
            let document = JSONWriter.document(capacity: capacity) { $0.object(members) }
            #expect(String(decoding: document, as: UTF8.self) == expected)
        }
    }

    @Test("a document that cannot be finished is none")
    func unfinished() {
        #expect(throws: JSONFault.self) {
            try JSONWriter.document(capacity: 4) { writer throws in
                writer.string("longer than there was room for")
                _ = try JSON(parsing: "[")
            }
        }
    }

    @Test("whatever is written is read back the same", arguments: 0..<50)
    func roundTrip(seed: UInt64) throws {
        var random = Chance(seed: seed)
        let value = JSON.random(&random, depth: 5)
        #expect(try JSON(parsing: value.jsonText) == value)
    }
}

extension JSON {
    static func random(_ random: inout Chance, depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return JSONNumber(.random(in: -1e9...1e9, using: &random)).map(JSON.number) ?? .null
        case 4: return .string(text(&random))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<6, using: &random)).map { _ in self.random(&random, depth: depth - 1)
                })
        default:
            let count = Int.random(in: 0..<6, using: &random)
            return .object(
                JSONObject(
                    (0..<count).map { ("\($0)" + text(&random), self.random(&random, depth: depth - 1)) }))
        }
    }

    private static func text(_ random: inout Chance) -> String {
        String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0..<30, using: &random)).compactMap { _ in
                    Unicode.Scalar(
                        UInt32.random(in: 1..<0x11_0000, using: &random)
                            >> UInt32.random(in: 0..<15, using: &random))
                }.filter { $0.value != 0 }))
    }
}
