import Testing
import Vocabulary

@testable import Tenancy

@Suite("Host names")
struct HostNameTests {
    @Test(
        "case, port and final dot make no difference",
        arguments: [
            "asha.localhost", "ASHA.LocalHost", "asha.localhost.", "asha.localhost:8080",
            "Asha.localhost.:443",
        ])
    func same(field: String) throws {
        let host = try #require(HostName(field: field))
        let base = try #require(HostName(field: "localhost:8080"))
        #expect(host.text == "asha.localhost")
        #expect(host.label(below: base)?.text == "asha")
    }

    @Test(
        "what cannot be a host names nobody",
        arguments: [
            "", ".", ":8080", "asha..localhost", ".localhost", "asha.localhost..", "-asha.localhost",
            "asha-.localhost",
            "as_ha.localhost", "asha.localhost:http", "asha.localhost:123456", "asha.localhost:80:80",
            "[::1]:8080",
            "asha localhost", "asha\u{0}.localhost", "a\u{301}sha.localhost", "ásha.localhost",
            "аsha.localhost",
            "asha.localhost/x", "user@asha.localhost", String(repeating: "a", count: 64) + ".localhost",
            String(repeating: "a.", count: 127) + "aa",
        ])
    func invalid(field: String) { #expect(HostName(field: field) == nil) }

    @Test(
        "punycode is taken as it is stored, if it encodes anything",
        arguments: [
            ("xn--bcher-kva.example", true), ("XN--BCHER-KVA.example", true),
            ("xn--11b5bs3a9aj6g.example", true),
            ("xn--mgbh0fb.example", true), ("xn--fiqs8s", true), ("xn--.example", false),
            ("xn--a.example", false),
            ("xn---.example", false), ("xn--99999999.example", false), ("xn--bcher-.example", false),
            ("xn--zzzzzzzzzzzzzzzzzzzzzzz.example", false),
        ])
    func punycode(field: String, isWell: Bool) { #expect((HostName(field: field) != nil) == isWell) }

    @Test(
        "only one label below the base is a clinic's",
        arguments: [
            ("asha.localhost", "asha"), ("localhost", nil), ("www.asha.localhost", nil),
            ("ashalocalhost", nil),
            ("asha.localhost.example", nil), ("xn--bcher-kva.localhost", nil), ("asha.example", nil),
        ] as [(String, String?)])
    func labels(field: String, slug: String?) throws {
        let base = try #require(HostName(field: "localhost"))
        #expect(try #require(HostName(field: field)).label(below: base)?.text == slug)
    }
}

@Suite("Zone files")
struct ZoneFilesTests {
    let files = ZoneFiles()

    @Test("a zone is read once and shared")
    func read() throws {
        let zone = try files.zone(named: "Europe/Bucharest")
        #expect(zone.identifier == "Europe/Bucharest")
        #expect(zone.offset(at: Instant(seconds: 1_799_000_000)) == 7200)
        #expect(try files.zone(named: "Europe/Bucharest") == zone)
        #expect(try files.zone(named: "America/Argentina/Buenos_Aires").identifier.hasPrefix("America"))
    }

    @Test(
        "a name that could leave the folder is none",
        arguments: [
            "", "/etc/passwd", "../../../etc/passwd", "Europe/../Europe/Paris", "Europe//Paris",
            "Europe/Paris/",
            ".hidden", "Europe/Paris\u{0}", "Europe/Päris", "A/B/C/D", String(repeating: "a", count: 65),
        ])
    func escapes(name: String) {
        #expect(throws: ZoneFiles.Absence.notAName) { try files.zone(named: name) }
    }

    @Test("a folder, and what is no zone, are none", arguments: ["Europe", "Nowhere/Land"])
    func absent(name: String) {
        #expect(throws: ZoneFiles.Absence.unknown) { try files.zone(named: name) }
    }

    @Test("a file that is no TZif is broken, not a zone")
    func broken() {
        let etc = ZoneFiles(folder: "/etc")
        #expect(throws: ZoneFiles.Absence.broken(.notTZif)) { try etc.zone(named: "hostname") }
    }
}
