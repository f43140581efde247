/// Text of SQL made at run time: for tests and nobody else, which is why it takes `@_spi(Testing)` to see it.
@_spi(Testing)
public enum RawScript {
    /// Runs a script on a connection of its own; the rows of its last statement, as text.
    @discardableResult
    public static func run(_ script: String, at url: String) async throws -> [[String?]] {
        let info = ConnectionInfo(
            url: url, password: nil, settings: [], patience: DatabaseConfiguration.patienceOfCommands)
        let connection = try await SoleConnection.open(info)
        defer { connection.close("done") }
        return try await PlainTalk(on: connection).run(script)
    }
}
