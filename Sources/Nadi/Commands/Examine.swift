import Database
import JSON
import Tenancy
import Terminal

/// Looks the installation over.
struct Examine: Command {
    /// One thing that must hold, and everything that says it does not.
    private struct Check {
        let title: String
        let flaws: [String]
    }

    static let name = "doctor"
    static let summary =
        "Look the installation over: is the schema up to date, are the rows of clinics kept apart?"
    static let examples = ["nadi doctor", "nadi doctor --json"]

    func run(in place: Place) async throws -> Answer {
        let pending = try await place.withMigrator { try await $0.plan() }
        let isolation = try await place.withDatabase { try await CatalogueAudit.flaws(in: $0) }
        let checks = [
            Check(title: "the schema is up to date", flaws: pending.map { "\($0.file) is not applied." }),
            Check(title: "the rows of clinics are kept apart", flaws: isolation.map { "\($0)" }),
        ]
        let isWell = checks.allSatisfy(\.flaws.isEmpty)
        return Answer(
            json: ["well": .bool(isWell), "checks": .array(checks.map(json))],
            lines: checks.flatMap { lines($0, place.terminal) }, isGood: isWell)
    }

    private func json(_ check: Check) -> JSON {
        ["check": .string(check.title), "flaws": .array(check.flaws.map { .string($0) })]
    }

    private func lines(_ check: Check, _ terminal: Terminal) -> [String] {
        let mark = check.flaws.isEmpty ? terminal.paint("well", .good) : terminal.paint("not so", .bad)
        return ["\(mark): \(check.title)"] + check.flaws.map { "    \($0)" }
    }
}
