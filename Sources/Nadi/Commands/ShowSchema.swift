import JSON
import Tenancy
import Terminal

/// Prints the schema of a clinic's file.
struct ShowSchema: Command {
    static let name = "config schema"
    static let summary = "Print the JSON Schema of a clinic's configuration, installed specialties included."
    static let examples = ["nadi config schema > TenantConfigs/schema.json"]

    func run(in place: Place) async throws -> Answer {
        let text = VisitTypeShelf(installedPlugins).schema.jsonText
        return Answer(json: try JSON(parsing: text), lines: [text])
    }
}
