import EventLoop
import HTTP
import Outgoing
import TestKit
import Testing

@Suite("The guard of addresses")
struct AddressGuardTests {
    @Test(
        "no address of this machine, this network or this cloud is public",
        arguments: [
            "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
            "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1",
            "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
            "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
            "64:ff9b::7f00:1", "64:ff9b:1::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1",
            "2001:db8::1",
            "2001::1", "2002:7f00:1::1", "100::1", "fec0::1", "3fff::1",
        ])
    func forbidden(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!AddressGuard.publicOnly().allows(address))
        #expect(AddressGuard.operatorNamed.allows(address))
    }

    @Test(
        "addresses of the internet are public",
        arguments: [
            "93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1",
        ])
    func allowed(_ text: String) throws {
        #expect(AddressGuard.publicOnly().allows(try #require(IPAddress(text))))
    }

    @Test(
        "whatever a clinic writes, nothing of this machine is reached",
        arguments: [
            "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://2130706433:PORT/",
            "http://0x7f.1:PORT/",
            "http://0177.0.0.1:PORT/", "http://127.1:PORT/", "http://[::1]:PORT/",
            "http://[::ffff:127.0.0.1]:PORT/",
            "http://0:PORT/", "http://a@127.0.0.1:PORT/", "http://sub.localhost:PORT/",
            "http://127.0.0.1.:PORT/",
        ])
    func unreached(_ url: String) async throws {
        let server = try ScriptedServer([.until("¶¶"), .say("HTTP/1.1 200 OK¶Content-Length: 0¶¶")])
        defer { server.stop() }
        let url = url.replacing("PORT", with: "\(server.port)")
        await #expect(throws: OutgoingFault.self) {
            try await withCourier(.publicOnly(allowingPlainText: true)) {
                try await $0.answer(to: OutgoingRequest(.get, url))
            }
        }
        #expect(server.conversations.isEmpty)
    }

    @Test("a redirect to a forbidden address reaches nothing, though the first address was allowed")
    func redirected() async throws {
        let inside = try ScriptedServer([.until("¶¶"), .say("HTTP/1.1 200 OK¶Content-Length: 0¶¶")])
        defer { inside.stop() }
        let outside = try ScriptedServer(
            [
                .until("¶¶"),
                .say("HTTP/1.1 302 Found¶Location: http://127.0.0.1:\(inside.port)/¶Content-Length: 0¶¶"),
            ], address: 0x7f00_0002)
        defer { outside.stop() }
        let blocks = [AddressBlock("127.0.0.2")].compactMap(\.self)
        await #expect(throws: OutgoingFault(.refusedAddress, mayHaveArrived: true)) {
            try await withCourier(.publicOnly(except: blocks, allowingPlainText: true)) {
                [port = outside.port] courier in
                var request = OutgoingRequest(.get, "http://127.0.0.2:\(port)/")
                request.limits.redirects = 3
                return try await courier.answer(to: request)
            }
        }
        #expect(outside.conversations.count == 1)
        #expect(inside.conversations.isEmpty)
    }

    @Test("without encryption a clinic's address is not even looked at")
    func plainText() async {
        await #expect(throws: OutgoingFault(.badAddress)) {
            try await withCourier(.publicOnly()) {
                try await $0.answer(to: OutgoingRequest(.get, "http://93.184.216.34/"))
            }
        }
    }
}
