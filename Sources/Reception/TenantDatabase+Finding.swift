public import Database
import EndpointKit

extension TenantDatabase {
    /// The row that the statement finds. Where there is none there is nothing to tell the caller: `notFound`,
    /// whether it is not there at all or not there for them.
    public func found<Value: FromRow>(_ sql: SQL, as _: Value.Type = Value.self) async throws -> Value {
        guard let value: Value = try await row(sql) else { throw Problem.notFound }
        return value
    }
}

extension Transaction {
    /// The row that the statement finds, or has made or changed; `notFound` as above where there is none.
    public func found<Value: FromRow>(_ sql: SQL, as _: Value.Type = Value.self) async throws -> Value {
        guard let value: Value = try await row(sql) else { throw Problem.notFound }
        return value
    }
}
