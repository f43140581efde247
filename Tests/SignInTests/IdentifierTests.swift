import Testing
import Vocabulary

@testable import SignIn

@Suite("Identifiers: however it is spelled, it is the same one")
struct IdentifierTests {
    @Test(
        "a telephone number has one form",
        arguments: [
            ("IN", "+919876543210"), ("IN", "+91 98765 43210"), ("IN", "+91-98765-43210"),
            ("IN", "00919876543210"),
            ("IN", "09876543210"), ("IN", "9876543210"), ("IN", "98765 43210"), ("IN", "919876543210"),
            ("IN", "+91 (0)98765 43210"), ("IN", "+91 0 98765 43210"), ("IN", "(+91) 98765.43210"),
            ("IN", "tel:+91-98765-43210"), ("IN", "\u{FF0B}\u{FF19}\u{FF11}9876543210"),
            ("IN", "+९१ ९८७६५ ४३२१०"), ("IN", "+٩١٩٨٧٦٥٤٣٢١٠"), ("IN", "+91\u{A0}98765\u{200B}43210"),
            ("IN", "\u{202A}+91 98765 43210\u{202C}"), ("RO", "+919876543210"), ("RO", "0091 98765 43210"),
            ("US", "011 91 98765 43210"), ("IN", "+91–98765–43210"),
        ])
    func phone(_ home: String, _ spelling: String) {
        #expect(Identifier(spelling, for: .sms, at: home) == .phone("+919876543210"), "\(spelling)")
        #expect(Identifier(spelling, for: .whatsApp, at: home) == .phone("+919876543210"), "\(spelling)")
    }

    @Test(
        "a number without a country's code is one of the clinic's own country",
        arguments: [
            ("RO", "0721 234 567", "+40721234567"), ("RO", "721234567", "+40721234567"),
            ("AE", "050 123 4567", "+971501234567"), ("US", "(202) 555-0123", "+12025550123"),
            ("US", "1 202 555 0123", "+12025550123"), ("GB", "020 7946 0958", "+442079460958"),
            ("GB", "+44 (0)20 7946 0958", "+442079460958"), ("HU", "06 20 123 4567", "+36201234567"),
            ("RU", "8 912 345 67 89", "+79123456789"), ("IT", "06 6982 1234", "+390669821234"),
            ("IT", "+39 06 6982 1234", "+390669821234"), ("MX", "+52 1 55 1234 5678", "+525512345678"),
            ("DE", "030 123456", "+4930123456"), ("SG", "9123 4567", "+6591234567"),
        ])
    func national(_ home: String, _ spelling: String, _ number: String) {
        #expect(Identifier(spelling, for: .sms, at: home) == .phone(number), "\(spelling)")
    }

    @Test(
        "what cannot be a number is none",
        arguments: [
            "", "asha", "+", "+91", "1234", "+9198765432101234567", "+91 98765 4321O", "+91+9876543210",
            "98765+43210", "+000000000", "+999 123 456 789", "98765 43210 x12", "asha@example.org",
        ])
    func noPhone(_ text: String) {
        #expect(Identifier(text, for: .sms, at: "IN") == nil, "\(text)")
    }

    @Test(
        "a mail address has one form",
        arguments: [
            "asha@example.org", "Asha@Example.ORG", " asha@example.org ", "asha@example.org.",
            "\"asha\"@example.org", "ａｓｈａ@example.org", "asha＠example.org", "asha@example。org",
            "as\u{200B}ha@example.org", "asha@ＥＸＡＭＰＬＥ.org", "asha\u{AD}@example.org",
            "\u{FEFF}asha@example.org",
        ])
    func mail(_ spelling: String) {
        #expect(Identifier(spelling, for: .email, at: "IN") == .email("asha@example.org"), "\(spelling)")
    }

    @Test("a domain in another script is the one that the wire knows")
    func scripts() {
        for spelling in ["asha@bücher.example", "asha@BÜCHER.example", "asha@xn--bcher-kva.example"] {
            #expect(Identifier(spelling, for: .email, at: "DE") == .email("asha@xn--bcher-kva.example"))
        }
        // RFC 3492's own examples.
        #expect(LabelLetters.encoded(Array("他们为什么不说中文".unicodeScalars)) == "ihqwcrb4cv8a8dqg056pqjye")
        #expect(
            LabelLetters.encoded(Array("почемужеонинеговорятпорусски".unicodeScalars))
                == "b1abfaaepdrnnbgefbadotcwatmq2g4l")
        #expect(LabelLetters.encoded(Array("пример".unicodeScalars)) == "e1afmkfd")
    }

    @Test(
        "letters that only look alike are another's, or nobody's",
        arguments: [
            "аsha@example.org", "asha@ехample.org", "ashа@example.org", "as\u{131}a@example.org",
            "asha@example",
            "asha", "@example.org", "asha@@example.org", "asha@-example.org", "asha@exa mple..org",
            "a b\"c@x.org",
            "asha@bu\u{308}cher.example",
        ])
    func confusable(_ text: String) {
        let found = Identifier(text, for: .email, at: "IN")
        #expect(found != .email("asha@example.org"), "\(text)")
        if let found { #expect(found.text.utf8.allSatisfy { $0 < 0x80 }) }
    }

    @Test(
        "a number's country is told by all of its prefix: an island is not the mainland",
        arguments: [
            ("+12025550123", "US"), ("+18765550123", "JM"), ("+18095550123", "DO"), ("+77012345678", "KZ"),
            ("+79123456789", "RU"), ("+441624123456", "IM"), ("+442079460958", "GB"), ("+390612345678", "IT"),
            ("+3906698123456", "VA"), ("+919876543210", "IN"), ("+9715012345", "AE"), ("+40721234567", "RO"),
            ("+37312345678", "MD"), ("+5993123456", "BQ"), ("+59991234567", "CW"),
        ])
    func countries(_ number: String, _ country: String) {
        #expect(CallingCodes.country(of: number) == country)
    }

    @Test("every country of the table has a code, and every number of a code has a country")
    func table() {
        for country in ["US", "CA", "JM", "KZ", "GG", "VA", "BQ", "CW", "IN", "AE", "RO"] {
            #expect(CallingCodes.code(of: country) != nil, "\(country)")
        }
        #expect(CallingCodes.code(of: "JM") == "1" && CallingCodes.code(of: "GG") == "44")
        #expect(CallingCodes.areOne("US", "CA") && !CallingCodes.areOne("US", "JM"))
    }
}
