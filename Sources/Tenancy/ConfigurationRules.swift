import HTTP
import Shapes

extension Rule where Value == String {
    /// An IANA name, as far as its letters go; whether there is such a zone only the zone files know.
    static var zone: Rule {
        .pattern(
            "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*){0,2}$", "be a time zone such as Asia/Kolkata"
        ) {
            ZoneFiles.isName($0)
        }
    }

    /// E.164.
    static var phone: Rule {
        .pattern("^\\+[1-9][0-9]{6,14}$", "be a telephone number such as +919876543210") { text in
            let digits = text.utf8.dropFirst()
            return text.hasPrefix("+") && (7...15).contains(digits.count) && digits.allSatisfy(isDigit)
                && digits.first != UInt8(ascii: "0")
        }
    }

    /// Two capitals.
    static var country: Rule {
        .pattern("^[A-Z]{2}$", "be a country such as IN") { text in
            text.utf8.count == 2
                && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        }
    }

    /// A permission's name, as far as its letters go; what nobody is ever asked for asks for nothing.
    static var permission: Rule {
        .pattern(
            "^[a-z]+(_[a-z]+)*\\.(create|read|update|void|approve)$",
            "be a permission such as appointments.void"
        ) { text in
            let words = text.split(separator: ".", omittingEmptySubsequences: false)
            return words.count == 2 && ["create", "read", "update", "void", "approve"].contains(words[1])
                && words[0].split(separator: "_", omittingEmptySubsequences: false).allSatisfy { word in
                    !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
                }
        }
    }

    /// `#rrggbb`
    static var colour: Rule {
        .pattern("^#[0-9a-f]{6}$", "be a colour such as #0f766e") { text in
            text.utf8.count == 7 && text.hasPrefix("#")
                && text.utf8.dropFirst().allSatisfy {
                    isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
                }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension Rule where Value == [String] {
    /// Addresses and blocks of addresses.
    static var networks: Rule {
        .check("wrong_form", "be addresses or blocks such as 203.0.113.0/24 or 2001:db8::/32") { texts in
            texts.allSatisfy { AddressBlock($0) != nil }
        }
    }
}

extension Rule where Value == [OpeningHours] {
    /// One after the other, none overlapping the next.
    static var inOrder: Rule {
        .check("not_in_order", "follow each other without overlapping") { hours in
            zip(hours, hours.dropFirst()).allSatisfy { $0.toMinute <= $1.fromMinute }
        }
    }
}
