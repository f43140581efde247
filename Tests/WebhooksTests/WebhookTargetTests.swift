import HTTP
import Testing

@testable import Webhooks

@Suite("Addresses that a clinic gives")
struct WebhookTargetTests {
    @Test(
        "no spelling of this machine, this network or this cloud is taken",
        arguments: [
            "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/",
            "https://0x7f.1/", "https://0177.0.0.1/", "https://017700000001/", "https://0/",
            "https://0.0.0.0/", "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data", "https://100.64.0.1/", "https://168.63.129.16/",
            "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/",
            "https://[fd00:ec2::254]/", "https://[2002:7f00:1::]/", "https://localhost/",
            "https://LOCALHOST/", "https://sub.localhost/", "https://localhost./",
            "https://localhost.localdomain/", "https://metadata.google.internal/",
            "https://printer.local/", "https://db.corp/", "https://nas.home/",
            "https://1.0.0.127.in-addr.arpa/",
            "https://intranet/", "https://127.0.0.1.", "https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/",
        ])
    func forbidden(_ url: String) { #expect(WebhookTarget(opened: []).flaw(of: url) != nil) }

    @Test(
        "nothing that two readers could read differently is taken",
        arguments: [
            "http://hooks.example.org/", "ftp://hooks.example.org/", "HTTPS://hooks.example.org/",
            "//hooks.example.org/", "hooks.example.org", "https:/hooks.example.org", "https://",
            "https://a@hooks.example.org/", "https://hooks.example.org@127.0.0.1/",
            "https://hooks.example.org#@127.0.0.1/", "https://hooks.example.org\\@127.0.0.1/",
            "https://hooks%2eexample.org/", "https://hooks.example.org:22/", "https://hooks.example.org:80/",
            "https://hooks.example.org:0443/", "https://hooks.example.org:99999/",
            "https://hooks.example.org:/",
            "https://hooks.example.org /", "https://hooks.example.org/\r\nHost: inside",
            "https://-a.example/",
            "https://a..example/", "https://hooks.example.org./", "https://[hooks.example.org]/",
            "https://hooks.example.123/", "https://hooks.example.org/#part",
        ])
    func ambiguous(_ url: String) { #expect(WebhookTarget(opened: []).flaw(of: url) != nil) }

    @Test(
        "a public host's name over HTTPS is taken",
        arguments: [
            "https://hooks.example.org", "https://hooks.example.org/nadi?key=a%20b",
            "https://a.b.example:8443/",
            "https://hooks.example.org:443/", "https://xn--bcher-kva.example/", "https://1password.example/x",
        ])
    func allowed(_ url: String) { #expect(WebhookTarget(opened: []).flaw(of: url) == nil) }

    @Test("what development opens is taken, without encryption too, and nothing beside it")
    func opened() throws {
        let target = WebhookTarget(opened: [try #require(AddressBlock("127.0.0.2"))])
        #expect(target.flaw(of: "http://127.0.0.2:8081/") == nil)
        #expect(target.flaw(of: "http://127.0.0.1:8081/") != nil)
        #expect(target.flaw(of: "http://localhost:8081/") != nil)
        #expect(target.flaw(of: "http://127.0.0.2:22/") != nil)
    }
}
