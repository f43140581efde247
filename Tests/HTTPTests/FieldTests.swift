import Testing

@testable import HTTP

@Suite("Fields, forms, cookies and addresses")
struct FieldTests {
    private func request(_ fields: String, peer: String = "10.0.0.1", trusting: [String] = []) throws
        -> HTTPRequest
    {
        let parser = RequestParser(limits: .init())
        let text = "GET /?a=1&b=x+y%21&a=2&c HTTP/1.1¶Host: x¶\(fields)¶".replacing("¶", with: "\r\n")
        Array(text.utf8).withUnsafeBytes { parser.receive($0) }
        guard case .request(let head, let body) = try parser.next() else { throw RequestFault.malformed }
        let address = try #require(IPAddress(peer))
        return HTTPRequest(
            head: head, body: body, peer: Peer(address, trusted: trusting.compactMap { AddressBlock($0) }))
    }

    @Test("names are compared without case; repeated fields are joined, or read raw only when alone")
    func lookup() throws {
        let request = try request("accept: a¶ACCEPT: b¶Authorization: Bearer t¶")
        #expect(request[.accept] == "a, b")
        #expect(request.head.values(of: .accept) == ["a", "b"])
        #expect(request.withField(.accept) { $0.count } == nil)
        #expect(request.withField(.authorization) { Array($0).text } == "Bearer t")
        #expect(request[.cookie] == nil)
    }

    @Test("a query keeps order and repetition, and is decoded strictly")
    func query() throws {
        let pairs = try request("").queryFields().map { "\($0.name)=\($0.value)" }
        #expect(pairs == ["a=1", "b=x y!", "a=2", "c="])
    }

    @Test(
        "a broken query is refused, not guessed",
        arguments: [
            ("a=%", FormFault.brokenEscape), ("a=%4", .brokenEscape), ("a=%4g", .brokenEscape),
            ("%zz=1", .brokenEscape),
            ("a=%ff", .notText), ("a=%c0%80", .notText), ("a=%00", .notText), ("a=%ed%a0%80", .notText),
            (String(repeating: "a&", count: 201), .tooMany),
        ])
    func brokenQuery(text: String, fault: FormFault) {
        #expect(throws: fault) { try FormField.parse(Array(text.utf8)) }
    }

    @Test("a value can never begin another field")
    func splitting() {
        var fields = ResponseFields()
        fields.add(.location, "/a\r\nSet-Cookie: planted=1\0\u{7f}")
        #expect(fields.bytes.text == "Location: /a  Set-Cookie: planted=1  \r\n")
        #expect(fields[.location] == "/a  Set-Cookie: planted=1  ")
        #expect(fields[.setCookie] == nil)
    }

    @Test("cookies are read by name and set for this host alone")
    func cookies() throws {
        let request = try request("Cookie: a=1; __Host-s=x=y; q=\"z\"; a=2¶")
        #expect(request.cookie(named: "a") == "1")
        #expect(request.cookie(named: "__Host-s") == "x=y")
        #expect(request.cookie(named: "q") == "z")
        #expect(request.cookie(named: "s") == nil)
        var fields = ResponseFields()
        fields.add(try #require(SetCookie(name: "s", value: "v", lifetime: .seconds(60))))
        #expect(fields[.setCookie] == "__Host-s=v; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60")
        #expect(SetCookie(name: "s", value: "a;b", lifetime: nil) == nil)
        #expect(SetCookie(name: "s=", value: "a", lifetime: nil) == nil)
        #expect(SetCookie(name: "s", value: "a\r\nb", lifetime: nil) == nil)
    }

    @Test(
        "only a trusted proxy is believed, and only up to the nearest stranger",
        arguments: [
            ("203.0.113.9", "X-Forwarded-For: 1.2.3.4¶", "203.0.113.9"),
            ("10.0.0.1", "X-Forwarded-For: 1.2.3.4¶", "1.2.3.4"),
            ("10.0.0.1", "X-Forwarded-For: 6.6.6.6, 1.2.3.4¶", "1.2.3.4"),
            ("10.0.0.1", "X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.9.9.9¶", "1.2.3.4"),
            ("10.0.0.1", "X-Forwarded-For: 6.6.6.6¶X-Forwarded-For: 1.2.3.4¶", "1.2.3.4"),
            ("10.0.0.1", "X-Forwarded-For: 1.2.3.4, garbage¶", "10.0.0.1"), ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "X-Forwarded-For: 10.1.1.1¶", "10.1.1.1"),
            ("10.0.0.1", "Forwarded: for=6.6.6.6, for=\"[2001:db8::7]:443\";proto=https¶", "2001:db8::7"),
            ("10.0.0.1", "X-Forwarded-For: 1.2.3.4¶Forwarded: for=6.6.6.6¶", "1.2.3.4"),
            ("fd00::1", "X-Forwarded-For: 1.2.3.4:5678¶", "1.2.3.4"),
        ])
    func forwarded(peer: String, fields: String, client: String) throws {
        let request = try request(fields, peer: peer, trusting: ["10.0.0.0/8", "fd00::/8"])
        #expect(request.clientAddress.description == client)
        #expect(request.peerAddress.description == peer)
    }

    @Test("the scheme is what the nearest trusted proxy says")
    func scheme() throws {
        #expect(try request("X-Forwarded-Proto: https¶", trusting: ["10.0.0.1"]).isSecure)
        #expect(try !request("X-Forwarded-Proto: https, http¶", trusting: ["10.0.0.1"]).isSecure)
        #expect(try request("Forwarded: for=a;proto=https¶", trusting: ["10.0.0.1"]).isSecure)
        #expect(try !request("X-Forwarded-Proto: https¶").isSecure)
    }

    @Test(
        "address blocks hold what their prefix says",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("0.0.0.0/0", "1.2.3.4", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "1.2.3.4", true), ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false), ("::1/128", "::1", true),
            ("2001:db8::/65", "2001:db8::1", true),
        ])
    func blocks(block: String, address: String, isInside: Bool) throws {
        let block = try #require(AddressBlock(block))
        #expect(block.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "what is no address or block is refused",
        arguments: ["", "10.0.0.0/33", "10.0.0/8", "::/129", "a/8", "10.0.0.0/-1", "1.2.3.4/"])
    func noBlock(text: String) { #expect(AddressBlock(text) == nil) }

    @Test(
        "dates are written as RFC 9110 has them",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ])
    func dates(seconds: Int, text: String) { #expect(HTTPDate.bytes(secondsSince1970: seconds).text == text) }
}
