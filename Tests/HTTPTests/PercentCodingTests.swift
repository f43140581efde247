import Testing

@testable import HTTP

@Suite("The spelling of URLs and forms") struct PercentCodingTests {
    @Test("only what is unreserved stands as it is, and is read back the same")
    func unreserved() throws {
        let plain = "azAZ09-._~"
        #expect(PercentCoding.encoded(plain) == plain)
        #expect(PercentCoding.encoded(" +&=%/?#") == "%20%2B%26%3D%25%2F%3F%23")
        #expect(PercentCoding.encoded("é\n") == "%C3%A9%0A")
        let all = String(decoding: (1..<128).map(UInt8.init), as: UTF8.self) + "नाडी"
        #expect(try PercentCoding.text(PercentCoding.encoded(all).utf8, plusIsSpace: true) == all)
    }

    @Test("a form has its fields in the order given, names spelt like values")
    func form() {
        #expect(PercentCoding.form([]) == "")
        #expect(PercentCoding.form([("a", "b"), ("c d", "e&f"), ("a", "")]) == "a=b&c%20d=e%26f&a=")
    }
}
