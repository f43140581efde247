import JSON
import Tenancy
import Terminal
import Vocabulary

/// Lists every clinic.
struct ListClinics: Command {
    static let name = "clinic list"
    static let summary = "List every clinic, suspended ones too."
    static let examples = ["nadi clinic list --json"]

    func run(in place: Place) async throws -> Answer {
        let entries = try await place.withRegistry { try await $0.list() }
        let rows = entries.map { entry -> (json: JSON, line: String) in
            let isOpen = entry.suspendedAt == nil
            let json: JSON = [
                "id": .string(entry.publicID.text), "slug": .string(entry.slug.text),
                "name": .string(entry.name),
                "organisation": entry.organisation.map { .string($0) } ?? .null,
                "state": .string(isOpen ? "open" : "suspended"), "created_at": .string(entry.createdAt.text),
                "url": .string(place.configuration.url(of: entry.slug)),
            ]
            let state = isOpen ? "" : place.terminal.paint("  suspended", .bad)
            return (json, "\(entry.slug)  \(entry.name)\(state)")
        }
        return Answer(
            json: ["clinics": .array(rows.map(\.json))],
            lines: rows.isEmpty ? ["There is none."] : rows.map(\.line))
    }
}
