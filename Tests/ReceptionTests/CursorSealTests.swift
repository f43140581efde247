import Crypto
import Testing
import Vocabulary

@testable import Reception

@Suite("Cursors") struct CursorSealTests {
    let seal: CursorSeal
    let list = ListIdentity("ListAppointments", [("from", "2027-01-04"), ("to", "2027-01-05")])

    init() throws {
        seal = CursorSeal(try Secret(rawBytes: Array(repeating: 7, count: 32)))
    }

    @Test("open where they were given out, whatever the page's size and the query's order")
    func roundTrip() {
        let cursor = seal.seal([1, 2, 3], for: list)
        #expect(seal.open(cursor, for: list) == [1, 2, 3])
        let turned = ListIdentity(
            "ListAppointments",
            [("to", "2027-01-05"), ("limit", "7"), ("cursor", "x"), ("from", "2027-01-04")])
        #expect(seal.open(cursor, for: turned) == [1, 2, 3])
    }

    @Test("pass over what names the page at this endpoint, and nothing that only another calls so")
    func pageNames() {
        let cursor = seal.seal([1, 2, 3], for: list)
        func opened(besides item: (name: String, value: String)) -> [UInt8]? {
            let query = [("from", "2027-01-04"), ("to", "2027-01-05"), item]
            return seal.open(cursor, for: ListIdentity("ListAppointments", query, pageNames: ["after"]))
        }
        #expect(opened(besides: ("after", "x")) == [1, 2, 3])
        #expect(opened(besides: ("cursor", "x")) == nil)
        #expect(opened(besides: ("limit", "7")) == nil)
    }

    @Test(
        "are worthless in another clinic, at another endpoint, with another query",
        arguments: [
            ListIdentity("ListAppointments", [("from", "2027-01-04"), ("to", "2027-01-05")], of: 4),
            ListIdentity("ListAppointments", [("from", "2027-01-04"), ("to", "2027-01-05")], of: nil),
            ListIdentity("ListPatients", [("from", "2027-01-04"), ("to", "2027-01-05")]),
            ListIdentity("ListAppointments", [("from", "2027-01-04"), ("to", "2027-01-06")]),
            ListIdentity(
                "ListAppointments", [("from", "2027-01-04"), ("to", "2027-01-05"), ("practitioner", "x")]),
            ListIdentity("ListAppointments", []),
        ])
    func elsewhere(other: ListIdentity) {
        #expect(seal.open(seal.seal([1, 2, 3], for: list), for: other) == nil)
    }

    @Test("cannot be edited: every single changed bit is noticed")
    func edited() {
        let cursor = seal.seal([1, 2, 3], for: list)
        guard let box = Base64URL.decode(cursor.utf8) else { return #expect(Bool(false), "not base64url") }
        for bit in 0..<(box.count * 8) {
            var edited = box
            edited[bit / 8] ^= 1 << (bit % 8)
            let text = Base64URL.text(of: edited)
            #expect(seal.open(text, for: list) == nil)
        }
    }

    @Test(
        "that were never ours are refused",
        arguments: ["", "x", "AAAA", "é", "=", String(repeating: "A", count: 513)])
    func foreign(text: String) {
        #expect(seal.open(text, for: list) == nil)
    }

    @Test("of another installation are refused")
    func otherSecret() throws {
        let other = CursorSeal(try Secret(rawBytes: Array(repeating: 8, count: 32)))
        #expect(seal.open(other.seal([1], for: list), for: list) == nil)
    }
}

extension ListIdentity {
    fileprivate init(
        _ operation: String, _ query: [(name: String, value: String)], of clinic: Int32? = 3,
        pageNames: [String] = ["cursor", "limit"]
    ) {
        self.init(
            tenant: clinic.map(TenantID.init(number:)), operation: operation, query: query,
            pageNames: pageNames)
    }
}
