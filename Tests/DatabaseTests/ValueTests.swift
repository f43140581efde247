import Database
import TestKit
import Testing
import Vocabulary

@Suite struct ValueTests {
    struct Pair<Value: SQLValue & SQLElement & Equatable>: FromRow {
        let (alone, many): (Value, [Value])
        init(_ row: inout Row) throws { (alone, many) = (try row.next(), try row.next()) }
    }

    private func roundTrip<Value: SQLValue & SQLElement & Equatable>(_ values: [Value], in database: Database)
        async throws
    {
        for value in values {
            let pair = try await database.platformRow("SELECT \(value), \(values)", as: Pair<Value>.self)
            #expect(pair?.alone == value)
            #expect(pair?.many == values)
        }
        let missing: Value? = nil
        let none = try await database.platformRow(
            "SELECT \(missing), \([missing, values[0]])", as: Pair<Value?>.self)
        #expect(none?.alone == .some(nil))
        #expect(none?.many == [nil, values[0]])
        #expect(try await database.platformRow("SELECT \([Value]())", as: [Value].self) == [])
    }

    @Test("every type comes back from the server as it went there, at its extremes too")
    func roundTrips() async throws {
        try await TestDatabase.withPlace(.empty) { place in
            let database = place.database
            try await roundTrip([true, false], in: database)
            try await roundTrip([Int16.min, 0, .max], in: database)
            try await roundTrip([Int32.min, 0, .max], in: database)
            try await roundTrip([Int64.min, 0, .max], in: database)
            try await roundTrip([Int.min, -1, .max], in: database)
            try await roundTrip(
                [-Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.1, .infinity], in: database)
            try await roundTrip(
                ["", "ನಾಡಿ", "'; DROP TABLE patient; --", String(repeating: "x", count: 100_000)], in: database)
            try await roundTrip([UniqueID(high: .max, low: 0), UniqueID(high: 0, low: .max)], in: database)
            try await roundTrip([TenantID(number: .max), TenantID(number: 1)], in: database)
            try await roundTrip(
                [Instant(microseconds: 0), Instant(microseconds: -1), Instant(seconds: 253_402_300_799)],
                in: database)
            try await roundTrip(
                [Day(number: 0), Day(number: -719_162), Day(number: 2_932_896)], in: database)
            try await roundTrip(
                [JSONText(Array(#"{"a": [1, null]}"#.utf8)), JSONText(Array("\"\"".utf8))], in: database)
            for bytes in [[], [0, 255, 0], Array(repeating: UInt8(7), count: 70_000)] as [[UInt8]] {
                #expect(try await database.platformRow("SELECT \(bytes)", as: [UInt8].self) == bytes)
            }
        }
    }
}
