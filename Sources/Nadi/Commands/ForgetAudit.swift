import Auditing
import JSON
import Tenancy
import Terminal
import Vocabulary

/// Forgets what a clinic's audit trail need not keep any longer.
struct ForgetAudit: Command {
    static let name = "audit forget"
    static let summary =
        "Forget what of a clinic's audit trail is older than the clinic keeps it, six years at least."
    static let examples = [
        "nadi audit forget --clinic mitra", "nadi audit forget --clinic mitra --confirm mitra",
    ]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("confirm", "The slug once more, where nobody can be asked to type it.") var confirmation: String?

    func run(in place: Place) async throws -> Answer {
        try place.demand(slug, typed: confirmation, "This forgets old audit events of \(slug), for ever.")
        let seal = try place.auditSeal()
        let receipt = try await place.withDatabase { database in
            let years = try await place.clinic(slug, in: database).configuration.retention.auditYears
            let clinic = try await ClinicRegistry(database, shelf: VisitTypeShelf(installedPlugins)).clinic(
                slug)
            return try await AuditRetention(in: database, sealing: seal).forget(
                before: place.now.yearsEarlier(years), of: clinic, by: place.operator, at: place.now)
        }
        guard let receipt else {
            return Answer(json: ["forgotten": .integer(0)], lines: ["Nothing is old enough to be forgotten."])
        }
        let span = "the segments \(receipt.firstNumber) to \(receipt.lastNumber), until \(receipt.through)"
        return Answer(
            json: [
                "forgotten": .integer(receipt.events), "first_segment": .integer(Int64(receipt.firstNumber)),
                "last_segment": .integer(Int64(receipt.lastNumber)), "through": .string(receipt.through.text),
            ], lines: ["\(receipt.events) events are forgotten: \(span). A receipt is kept in the chain."])
    }
}

extension Instant {
    /// So many years ago, leap days counted as if each year had one: a day too long rather than too short.
    fileprivate func yearsEarlier(_ years: Int) -> Instant { self - .seconds(Int64(years) * 366 * 86_400) }
}
