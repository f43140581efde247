import Database
import EventLoop
import Messaging
import Telemetry
import Vocabulary

extension Place {
    /// The gateways, and one clinic's rows, for as long as `body` runs.
    func withGateways<Value>(
        of slug: Slug, _ body: nonisolated(nonsending) (MessageGateways, TenantDatabase) async throws -> Value
    ) async throws -> Value {
        guard let loop = EventLoop.current else {
            throw Refusal("A command runs on a loop, and this one does not.")
        }
        let messages = Messages(
            configuration, loops: [loop], under: try configuration.openSecret(),
            log: Log(to: configuration.openLog()))
        defer { messages.close() }
        return try await withClinic(slug) { clinic, _ in try await body(messages.gateways, clinic) }
    }
}
