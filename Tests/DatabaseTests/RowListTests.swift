import Database
import JSON
import Shapes
import TestKit
import Testing
import Vocabulary

/// One of everything that a column of a list can be.
private struct Thing: RowOutput, Identified {
    static let idPrefix: StaticString = "thg"

    enum Colour: String, CaseIterable, ColumnWritable, WireValue {
        case red, green
    }

    let id: ID<Thing>
    let label: String
    let remark: String?
    let at: Instant
    let day: Day?
    let count: Int32
    let isOpen: Bool
    let colour: Colour

    init(_ row: inout Row) throws {
        (id, label, remark) = (try row.next(), try row.next(), try row.next())
        (at, day, count) = (try row.next(), try row.next(), try row.next())
        (isOpen, colour) = (try row.next(), try row.next())
    }

    static let shape = OutputShape<Thing> {
        Out("id", "Which.") { $0.id }
        Out("label", "Its name.") { $0.label }
        Out("remark", "What somebody said of it.") { $0.remark }
        Out("at", "Since when.") { $0.at }
        Out("day", "Until when.") { $0.day }
        Out("count", "How many.") { $0.count }
        Out("is_open", "Whether it is open.") { $0.isOpen }
        Out("colour", "Which colour.") { $0.colour }
    }

    static let rowColumns = RowColumns(of: shape)

    /// So many of them, with texts that need care.
    static func some(_ count: Int) -> SQL {
        """
        SELECT md5(n::text)::uuid, (ARRAY['plain', 'a "quote" and more', 'ward 7 \\ 9', 'मीरा कुलकर्णी', ''])[1 + n % 5],
            CASE WHEN n % 3 > 0 THEN repeat('long enough to leave the smallest text ', n) || chr(10) END,
            timestamptz '2027-01-04 09:00+05:30' + n * interval '61.5 seconds',
            CASE WHEN n % 2 > 0 THEN date '2027-02-28' + n END, (10 ^ n)::int, n % 2 = 0,
            CASE WHEN n % 2 > 0 THEN 'red' ELSE 'green' END
        FROM generate_series(1, \(Int32(count))) AS n
        """
    }
}

@Suite struct RowListTests {
    private static let line: SQL = "INSERT INTO chair (tenant_id, id) VALUES (1, 1000)"

    @Test("a list written from its columns reads as the values would have written it")
    func parity() async throws {
        try await Clinic.with { _, clinic async throws in
            let values: [Thing] = try await clinic.rows(Thing.some(9))
            let list = try await clinic.list(Thing.some(9), of: Thing.self, atMost: 9, recording: Self.line)
            #expect(String(decoding: list.json, as: UTF8.self) == values.jsonText)
            #expect(values.count == 9 && list.lastOfMore == nil)
            #expect(try await clinic.row("SELECT count(*) FROM chair WHERE id = 1000", as: Int.self) == 1)
        }
    }

    @Test("a list ends at its limit, and names its last item only where more rows came", arguments: 0...4)
    func limit(rows: Int) async throws {
        try await Clinic.with { _, clinic async throws in
            let list = try await clinic.list(
                Thing.some(rows), of: Thing.self, atMost: 3, recording: Self.line)
            let written: [Thing] = try await clinic.rows(Thing.some(min(rows, 3)))
            #expect(String(decoding: list.json, as: UTF8.self) == written.jsonText)
            #expect(list.lastOfMore?.id == (rows > 3 ? written[2].id : nil))
        }
    }

    @Test(
        "a column that cannot be what its member says is an error, not an answer",
        arguments: [
            "SELECT md5('')::uuid, NULL::text, '', now(), NULL::date, 1, true, 'red'",
            "SELECT 'x', 'x', '', now(), NULL::date, 1, true, 'red'",
            "SELECT md5('')::uuid, 'x', '', timestamptz 'infinity', NULL::date, 1, true, 'red'",
            "SELECT md5('')::uuid, 'x', '', now(), NULL::date, 1, true",
        ] as [SQL])
    func unreadable(sql: SQL) async throws {
        try await Clinic.with { _, clinic async throws in
            await #expect(throws: DatabaseError.self) {
                try await clinic.list(sql, of: Thing.self, atMost: 3, recording: Self.line)
            }
        }
    }
}
