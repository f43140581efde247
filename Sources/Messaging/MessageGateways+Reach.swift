public import Database

extension MessageGateways {
    /// Whether anything sends a clinic's messages on the channel.
    public func reaches(_ channel: MessageChannel, of clinic: TenantDatabase) async throws -> Bool {
        try await route(for: channel, of: clinic) != nil
    }
}
