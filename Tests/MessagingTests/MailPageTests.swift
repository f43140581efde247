import Testing

@testable import Messaging

@Suite("The page of a mail")
struct MailPageTests {
    @Test(
        "plain elements, quoted attributes and links that lead somewhere are well",
        arguments: [
            "<p>Hello &amp; welcome, {clinic}</p>", "<h1 style=\"color: #0f766e\">{clinic}</h1><hr/><br>",
            "<table><tr><td lang='hi' dir=\"ltr\">{time}</td></tr></table>",
            "<a href=\"https://mitra.example/?a=1\" title='our page'>here</a>, 3 > 2",
            "<P>Old <B>shouting</B></P>", "<a href='tel:+912026050000'>call</a>", "",
        ])
    func allowed(_ html: String) { #expect(MailPage.flaws(of: html) == []) }

    @Test(
        "what runs, fetches, hides or breaks is not",
        arguments: [
            ("<script>alert(1)</script>", [MailPage.Flaw.element]),
            ("<img src='https://x.example/p.gif'>", [.element]),
            ("<style>p{}</style>", [.element]), ("<!-- [if mso] --><p></p>", [.element]),
            ("<!doctype html><p></p>", [.element]), ("<form action='/'><p>a</p></form>", [.element]),
            ("<p onclick=\"x()\">a</p>", [.attribute]), ("<p class=\"a\">a</p>", [.attribute]),
            ("<p style=color:red>a</p>", [.attribute]),
            ("<a href=\"https://a\"onclick=\"x\">a</a>", [.attribute]),
            ("<a href=\"https://a\"\u{301} onclick=\"x\">a</a>", [.attribute]),
            ("<a href=\"javascript:alert(1)\">a</a>", [.address]),
            ("<a href=\" https://a\">a</a>", [.address]),
            ("<a href=\"http://a\">a</a>", [.address]), ("<a href='data:text/html,x'>a</a>", [.address]),
            ("<p style=\"background: url(https://a)\">a</p>", [.style]),
            ("<p style=\"background: u\\72l\">a</p>", [.style]),
            ("<p style=\"width: expression(1)\">a</p>", [.style]),
            ("<a href=\"https://a/{clinic}\">a</a>", [.placeholder]),
            ("<p title='{time}'>a</p>", [.placeholder]),
            ("<{clinic}>", [.element, .placeholder]), ("<p>a", [.broken]), ("<p><b>a</p></b>", [.broken]),
            ("a</p>", [.broken]), ("<p", [.broken]), ("<p title=\"a>b", [.broken]), ("a < b", [.broken]),
        ])
    func refused(_ html: String, _ expected: [MailPage.Flaw]) {
        #expect(MailPage.flaws(of: html) == expected)
    }

    @Test("what is filled in is text, whatever it looks like")
    func escaped() {
        let page = MailPage.filled(
            "<p>{clinic}</p>", with: ["clinic": "<script>\"&'{time}"], language: "ar", isRightToLeft: true)
        let said = "<p>&lt;script&gt;&quot;&amp;&#39;{time}</p>"
        #expect(page == "<!doctype html>\n<html lang=\"ar\"><body dir=\"rtl\">\(said)</body></html>")
    }
}

@Suite("The length of a text")
struct SMSLengthTests {
    @Test(
        "a text is counted in the alphabet that it fits, and cut where the next piece begins",
        arguments: [
            (String(repeating: "a", count: 160), SMSLength.Alphabet.gsm7, 160, 1),
            (String(repeating: "a", count: 161), .gsm7, 161, 2),
            (String(repeating: "a", count: 306), .gsm7, 306, 2),
            (String(repeating: "a", count: 307), .gsm7, 307, 3),
            ("€{}", .gsm7, 6, 1), ("ñàÅΣ¿\n", .gsm7, 6, 1),
            // The 153rd place cannot hold a sign of two: it begins the next piece.
            (String(repeating: "a", count: 152) + String(repeating: "€", count: 77), .gsm7, 306, 3),
            ("ș", .ucs2, 1, 1), ("ç", .ucs2, 1, 1),
            (String(repeating: "न", count: 70), .ucs2, 70, 1),
            (String(repeating: "न", count: 71), .ucs2, 71, 2),
            (String(repeating: "न", count: 134), .ucs2, 134, 2),
            (String(repeating: "न", count: 135), .ucs2, 135, 3),
            ("🙂", .ucs2, 2, 1),
            (String(repeating: "न", count: 66) + "🙂" + String(repeating: "न", count: 66), .ucs2, 134, 3),
            ("", .gsm7, 0, 1),
        ])
    func counted(_ text: String, _ alphabet: SMSLength.Alphabet, _ units: Int, _ segments: Int) {
        let length = SMSLength(of: text)
        #expect(length.alphabet == alphabet)
        #expect(length.units == units)
        #expect(length.segments == segments)
    }
}
