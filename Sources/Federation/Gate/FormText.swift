/// Text as forms and queries are written: everything that is not unreserved is percent-encoded.
enum FormText {
    static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, byte in
            let isLetter = (byte | 32) &- 97 < 26, isDigit = byte &- 48 < 10
            if isLetter || isDigit || "-._~".utf8.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0" + digits : "%" + digits
            }
        }
    }

    /// `a=b&c=d`
    static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&")
    }
}
