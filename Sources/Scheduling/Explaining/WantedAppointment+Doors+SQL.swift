import Database
import Tenancy
import Vocabulary

extension WantedAppointment {
    /// Whether the doors of the place are open all through the visit; they are where nobody has said when.
    /// Bookings ask for the practitioner's hours, not for these: they only tell why nobody works.
    func isOpen(in tenant: TenantID) -> SQL {
        var conditions: SQL = "true"
        for piece in pieces { conditions = "\(conditions) AND \(isOpen(piece, tenant))" }
        return """
            SELECT (\(conditions)) OR NOT EXISTS (
                SELECT FROM location_hours WHERE tenant_id = \(tenant) AND location_id = \(location))
            """
    }

    private func isOpen(_ piece: WallPiece, _ tenant: TenantID) -> SQL {
        """
        EXISTS (
            SELECT FROM location_hours
            WHERE tenant_id = \(tenant) AND location_id = \(location)
              AND weekday = \(Int16(piece.day.weekday.rawValue)) AND from_minute <= \(Int16(piece.from))
              AND to_minute >= \(Int16(piece.to)))
        """
    }
}
