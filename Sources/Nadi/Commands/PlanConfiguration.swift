import JSON
import Tenancy
import Terminal
import Vocabulary

/// Shows what applying a clinic's file would change.
struct PlanConfiguration: Command {
    static let name = "config plan"
    static let summary = "Show what applying a file would change, and everything that is wrong with it."
    static let examples = ["nadi config plan --clinic mitra --config TenantConfigs/mitra.json"]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("config", "Its file.") var file: InputFile

    func run(in place: Place) async throws -> Answer {
        let object = try file.object()
        let plan = try await place.withRegistry { try await $0.plan(object, for: slug) }
        return plan.answer(verb: "would change")
    }
}

/// Applies a clinic's file.
struct ApplyConfiguration: Command {
    static let name = "config apply"
    static let summary = "Apply a clinic's file as a new version. A file that changes nothing makes none."
    static let examples = ["nadi config apply --clinic mitra --config TenantConfigs/mitra.json"]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("config", "Its file.") var file: InputFile

    func run(in place: Place) async throws -> Answer {
        let object = try file.object()
        let plan = try await place.withRegistry {
            try await $0.apply(object, to: slug, by: place.operator, at: place.now)
        }
        return plan.answer(verb: "changed")
    }
}

extension ClinicRegistry.Plan {
    fileprivate func answer(verb: String) -> Answer {
        let rows = changes.map { change -> JSON in
            [
                "pointer": .string(change.pointer), "before": change.before ?? .null,
                "after": change.after ?? .null,
            ]
        }
        let lines = changes.map { change -> String in
            let (before, after) = (change.before?.jsonText, change.after?.jsonText)
            return "\(change.pointer): \(before ?? "nothing") → \(after ?? "nothing")"
        }
        return Answer(
            json: ["version": .integer(Int64(version)), "changes": .array(rows)],
            lines: lines.isEmpty ? ["Nothing \(verb): version \(version) says the same."] : lines)
    }
}
