public import Database
import JSON
import Shapes
import Vocabulary

extension MessageConfiguration {
    /// What holds for a clinic now, for work that no request has brought: the clinic's own members laid on
    /// its chain's, and the platform's beneath.
    public static func current(in clinic: TenantDatabase) async throws -> MessageConfiguration {
        let laid: JSONText? = try await clinic.row(
            """
            SELECT coalesce((SELECT o.body -> 'messages' FROM tenant t
                    JOIN organisation_configuration o ON o.organisation_id = t.organisation_id
                    WHERE t.id = \(clinic.tenant) ORDER BY o.version DESC LIMIT 1), '{}')
                || coalesce((SELECT c.body -> 'messages' FROM clinic_configuration c
                    WHERE c.tenant_id = \(clinic.tenant) ORDER BY c.version DESC LIMIT 1), '{}')
            """)
        guard let laid else { return MessageConfiguration() }
        return try MessageConfiguration(reading: JSON(parsing: laid.bytes))
    }
}
