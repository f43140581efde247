import Auditing
import Database
import JSON
import Tenancy
import Terminal
import Vocabulary

/// Recomputes the audit trails' chains.
struct VerifyAudit: Command {
    static let name = "audit verify"
    static let summary =
        "Recompute audit trails' chains: was anything changed, removed or put in since it was sealed?"
    static let examples = [
        "nadi audit verify", "nadi audit verify --clinic mitra --json",
        "nadi audit verify --clinic mitra --head 412:9f86d081…",
    ]

    @Option("clinic", "Only this clinic's.") var slug: Slug?
    @Option("head", "A head of this clinic's chain that was kept elsewhere.") var head: KeptHead?
    @Option("key", "A key of earlier years that may have signed, too.") var key: TrustedKey?

    func run(in place: Place) async throws -> Answer {
        guard head == nil || slug != nil else {
            throw Refusal("A head is one clinic's: name it with --clinic.")
        }
        let seal = try place.auditSeal()
        let keys = [seal.verifyingKey] + [key?.key].compactMap(\.self)
        let verdicts = try await place.withDatabase { database in
            var verdicts: [(slug: Slug, verdict: AuditVerdict)] = []
            for clinic in try await place.auditedClinics(slug, in: database) {
                let inspection = AuditInspection(
                    of: database.clinic(clinic.id), trusting: keys, kept: [head?.head].compactMap(\.self),
                    at: place.now)
                verdicts.append((clinic.slug, try await inspection.run()))
            }
            return verdicts
        }
        return Answer(
            json: ["clinics": .array(verdicts.map(json))],
            lines: verdicts.flatMap { lines($0, place.terminal) },
            isGood: verdicts.allSatisfy(\.verdict.flaws.isEmpty))
    }

    private func json(_ found: (slug: Slug, verdict: AuditVerdict)) -> JSON {
        let verdict = found.verdict
        return [
            "clinic": .string(found.slug.text), "whole": .bool(verdict.flaws.isEmpty),
            "segments": .integer(Int64(verdict.segments)), "events": .integer(Int64(verdict.events)),
            "unsealed": .integer(Int64(verdict.unsealed)),
            "head": verdict.head.map { .string($0.text) } ?? .null,
            "flaws": .array(verdict.flaws.map(\.json)),
        ]
    }

    private func lines(_ found: (slug: Slug, verdict: AuditVerdict), _ terminal: Terminal) -> [String] {
        let verdict = found.verdict, isWhole = verdict.flaws.isEmpty
        let mark = isWhole ? terminal.paint("whole", .good) : terminal.paint("not as it was sealed", .bad)
        let counts = "\(verdict.events) events in \(verdict.segments) segments"
        let rest = verdict.unsealed == 0 ? "" : ", \(verdict.unsealed) too new to be proven"
        return ["\(found.slug): \(mark), \(counts)\(rest)"]
            + (verdict.head.map { ["    head \($0.text)"] } ?? [])
            + verdict.flaws.map { flaw in "    \(flaw.segment.map { "segment \($0): " } ?? "")\(flaw.words)" }
    }
}
