import Crypto
import Testing

@testable import Credentials

struct CBORTests {
    @Test(
        "values are read as RFC 8949 prints them",
        arguments: [
            ("00", CBOR.integer(0)), ("17", .integer(23)), ("1818", .integer(24)), ("1903e8", .integer(1000)),
            ("1a000f4240", .integer(1_000_000)), ("1b000000e8d4a51000", .integer(1_000_000_000_000)),
            ("20", .integer(-1)), ("3903e7", .integer(-1000)), ("40", .bytes([])),
            ("4401020304", .bytes([1, 2, 3, 4])), ("60", .text("")), ("6449455446", .text("IETF")),
            ("62c3bc", .text("ü")), ("80", .list([])),
            ("83010203", .list([.integer(1), .integer(2), .integer(3)])),
            ("a0", .map([])), ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null),
            (
                "a201020304",
                .map([
                    .init(name: .integer(1), value: .integer(2)),
                    .init(name: .integer(3), value: .integer(4)),
                ])
            ),
        ])
    func reads(hex: String, value: CBOR) throws {
        #expect(try CBOR(parsing: try #require(Hex.decode(hex))) == value)
    }

    @Test(
        "what CTAP2 forbids is refused",
        arguments: [
            ("nothing", ""), ("a second spelling of 0", "1800"), ("of 23", "1817"), ("of 255", "1900ff"),
            ("of 65535", "1a0000ffff"), ("of 2³²−1", "1b00000000ffffffff"),
            ("a length spelled long", "580101"),
            ("a number beyond 63 bits", "1b8000000000000000"), ("below them", "3b8000000000000000"),
            ("bytes without end", "5f4101ff"), ("text without end", "7f6161ff"),
            ("a list without end", "9f01ff"),
            ("a map without end", "bf0102ff"), ("a tag", "c001"), ("undefined", "f7"), ("a half", "f93c00"),
            ("a float", "fa3f800000"), ("a double", "fb3ff0000000000000"), ("a simple value", "f820"),
            ("a break alone", "ff"), ("reserved lengths", "1c"), ("a name twice", "a201020103"),
            ("a list as name", "a18000"), ("bytes as name", "a1410100"), ("text that is none", "61ff"),
            ("bytes that are missing", "4201"), ("elements that are missing", "8201"),
            ("a value that is missing", "a101"), ("something behind it", "0000"),
            ("too deep", "818181818100"), ("a length that no memory has", "5b7fffffffffffffff"),
            ("a list that no memory has", "9b7fffffffffffffff"),
            ("65 elements", "9841" + String(repeating: "00", count: 65)),
        ])
    func refuses(name: String, hex: String) throws {
        let bytes = try #require(Hex.decode(hex))
        #expect(throws: CBOR.Fault.self, "\(name)") { try CBOR(parsing: bytes) }
    }

    @Test("four within each other and sixty-four beside each other are read")
    func limits() throws {
        _ = try CBOR(parsing: try #require(Hex.decode("8181818100")))
        _ = try CBOR(parsing: try #require(Hex.decode("9840" + String(repeating: "00", count: 64))))
    }
}
