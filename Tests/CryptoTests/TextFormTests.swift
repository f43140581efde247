import Crypto
import Testing

struct TextFormTests {
    @Test(
        "base64url is RFC 4648's, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"), ("\u{3FE}\u{3FF}", "z77Pvw"), ("??>>", "Pz8-Pg"),
        ])
    func base64(plain: String, text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == Array(text.utf8))
        #expect(Base64URL.text(of: Array(plain.utf8)) == text)
        #expect(Base64URL.decode(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test(
        "a second spelling of the same bytes is refused",
        arguments: [
            "Zg==", "Zh", "Zm9", "Z", "Zm9vY", "Zm+v", "Zm/v", " Zm9v", "Zm9v\n", "Zm9v\u{0}", "Zm9vé",
        ])
    func strangeBase64(text: String) {
        #expect(Base64URL.decode(Array(text.utf8)) == nil)
    }

    @Test("every byte string comes back from base64url and from hex")
    func roundTrips() {
        for count in 0..<200 {
            let bytes = RandomBytes.make(count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
    }

    @Test(
        "hex of an odd length or with a foreign character is refused",
        arguments: ["a", "abc", "0g", "0x", "é"])
    func strangeHex(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test("hex is written small and read in either case")
    func hex() {
        #expect(Hex.encode([0, 10, 255]) == "000aff")
        #expect(Hex.decode("000AfF") == [0, 10, 255])
    }
}
