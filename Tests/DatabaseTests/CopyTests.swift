import Database
import TestKit
import Testing
import Vocabulary

@Suite struct CopyTests {
    struct Dropped: Error {}

    @Test("a hundred thousand rows go in by COPY and come out again, in a transaction")
    func bothWays() async throws {
        try await TestDatabase.withPlace(.empty) { place in
            try await place.script("CREATE TABLE line (number int, text text); GRANT ALL ON line TO nadi_app")
            let clinic = place.database.clinic(Clinic.first)
            try await clinic.write { transaction in
                transaction.queue("INSERT INTO line VALUES (0, 'first')")
                var chunk = 0
                let count = try await transaction.copyIn("COPY line FROM STDIN") {
                    guard chunk < 100 else { return nil }
                    defer { chunk += 1 }
                    let lines = (0..<1000).map { "\(chunk * 1000 + $0)\tಸಾಲು \($0)\n" }
                    return Array(lines.joined().utf8)
                }
                #expect(count == 100_000)
                #expect(try await transaction.row("SELECT count(*) FROM line", as: Int.self) == 100_001)
            }
            let sum = try await clinic.write { transaction in
                var (rows, bytes) = (0, 0)
                try await transaction.copyOut(
                    "COPY (SELECT number, text FROM line ORDER BY number) TO STDOUT"
                ) {
                    rows += 1
                    bytes += $0.count
                }
                return [rows, bytes]
            }
            #expect(sum[0] == 100_001)
            #expect(sum[1] > 1_500_000)
        }
    }

    @Test("a COPY that is given up, or refused, leaves nothing")
    func givenUp() async throws {
        try await TestDatabase.withPlace(.empty) { place in
            try await place.script("CREATE TABLE line (number int, text text); GRANT ALL ON line TO nadi_app")
            let clinic = place.database.clinic(Clinic.first)
            await #expect(throws: Dropped.self) {
                try await clinic.write { transaction in
                    try await transaction.copyIn("COPY line FROM STDIN") { throw Dropped() }
                }
            }
            let fault = await #expect(throws: DatabaseError.self) {
                try await clinic.write { transaction in
                    var isFirst = true
                    try await transaction.copyIn("COPY line FROM STDIN") {
                        defer { isFirst = false }
                        return isFirst ? Array("not a number\tx\n".utf8) : nil
                    }
                }
            }
            #expect(fault?.state == "22P02")
            #expect(try await clinic.row("SELECT count(*) FROM line", as: Int.self) == 0)
            #expect(try await clinic.once("INSERT INTO line VALUES (1, 'x')") == 1)
        }
    }
}
