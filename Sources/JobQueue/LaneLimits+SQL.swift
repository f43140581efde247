public import Database
public import Vocabulary

/// How many jobs of each lane run at once: what an operator has said, and the usual for the others.
public struct LaneLimits: Sendable {
    private var limits: [Lane: Lane.Limits] = [:]

    /// The usual ones.
    init() {}

    /// A lane's.
    subscript(_ lane: Lane) -> Lane.Limits { limits[lane] ?? lane.usualLimits }

    /// As they are now.
    static func read(from database: Database) async throws -> LaneLimits {
        var found = LaneLimits()
        for row in try await database.workerRows(all, as: LaneLimit.self) {
            found.limits[row.lane] = row.limits
        }
        return found
    }

    /// Lets so many jobs of a lane run at once, or the usual number. Workers heed it within a second.
    public static func set(_ limits: Lane.Limits?, of lane: Lane, in database: Database) async throws {
        try await database.acrossAllTenantsUnsafely(because: "The limits of a lane are changed.") {
            platform in
            guard let limits else {
                _ = try await platform.run("DELETE FROM job_lane WHERE lane = \(lane)")
                return
            }
            _ = try await platform.run(
                """
                INSERT INTO job_lane (lane, at_once, per_clinic)
                VALUES (\(lane), \(limits.atOnce), \(limits.perClinic))
                ON CONFLICT (lane) DO UPDATE SET at_once = excluded.at_once, per_clinic = excluded.per_clinic
                """)
        }
    }

    /// Every lane with its limits, as a statement.
    static var all: SQL {
        let usual = Lane.allCases.map(\.usualLimits)
        return """
            SELECT usual.lane, coalesce(job_lane.at_once, usual.at_once)::bigint AS at_once,
                coalesce(job_lane.per_clinic, usual.per_clinic)::bigint AS per_clinic
            FROM unnest(\(Lane.allCases), \(usual.map(\.atOnce)), \(usual.map(\.perClinic)))
                AS usual (lane, at_once, per_clinic)
            LEFT JOIN job_lane ON job_lane.lane = usual.lane
            """
    }
}

private struct LaneLimit: FromRow {
    let lane: Lane
    let limits: Lane.Limits

    init(_ row: inout Row) throws { (lane, limits) = (try row.next(), try Lane.Limits(&row)) }
}

extension Lane.Limits: FromRow {
    /// Reads two columns.
    public init(_ row: inout Row) throws { self.init(atOnce: try row.next(), perClinic: try row.next()) }
}

extension JobQueue {
    /// Gives a clinic a share of the workers that is so many times the usual one, while both have more to do
    /// than fits.
    public static func setWeight(_ weight: Int, of clinic: TenantID, in database: Database) async throws {
        try await database.acrossAllTenantsUnsafely(because: "A clinic's share of the workers is changed.") {
            _ = try await $0.run(
                "UPDATE tenant SET job_weight = \(Int16(clamping: weight)) WHERE id = \(clinic)")
        }
    }
}
