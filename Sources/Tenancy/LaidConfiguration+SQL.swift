public import Database
import JSON
import Shapes
import Vocabulary

/// What holds for a clinic now, for work that no request has brought.
enum LaidConfiguration {
    /// One object of the configuration: the clinic's own members laid on its chain's, and the platform's
    /// beneath.
    static func part<Part: Shape>(_ name: String, in clinic: TenantDatabase) async throws -> Part {
        let laid: JSONText? = try await clinic.row(
            """
            SELECT coalesce((SELECT o.body -> \(name)::text FROM tenant t
                    JOIN organisation_configuration o ON o.organisation_id = t.organisation_id
                    WHERE t.id = \(clinic.tenant) ORDER BY o.version DESC LIMIT 1), '{}')
                || coalesce((SELECT c.body -> \(name)::text FROM clinic_configuration c
                    WHERE c.tenant_id = \(clinic.tenant) ORDER BY c.version DESC LIMIT 1), '{}')
            """)
        guard let laid else { return Part() }
        return try Part(reading: JSON(parsing: laid.bytes))
    }
}

extension MessageConfiguration {
    /// What a clinic tells its patients now.
    public static func current(in clinic: TenantDatabase) async throws -> MessageConfiguration {
        try await LaidConfiguration.part("messages", in: clinic)
    }
}

extension AccessConfiguration {
    /// Whom a clinic lets in now, and how far.
    public static func current(in clinic: TenantDatabase) async throws -> AccessConfiguration {
        try await LaidConfiguration.part("access", in: clinic)
    }
}
