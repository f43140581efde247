import JSON
import Tenancy
import Terminal
import Vocabulary

/// Opens a clinic with its file.
struct CreateClinic: Command {
    static let name = "clinic create"
    static let summary = "Open a clinic: its subdomain, its locations and specialties, as its file says."
    static let examples = [
        "nadi clinic create --slug mitra --name 'Mitra Family Practice' --config TenantConfigs/mitra.json"
    ]

    @Option("slug", "The clinic's subdomain.") var slug: Slug
    @Option("name", "What patients call it.") var title: String
    @Option("config", "Its configuration; 'nadi config schema' says what may stand in it.") var file:
        InputFile
    @Option("organisation", "The chain it belongs to; founded when there is none of that slug.") var chain:
        Slug?

    func run(in place: Place) async throws -> Answer {
        let object = try file.object()
        return try await place.withRegistry { registry in
            if let chain { try await registry.foundIfMissing(chain, at: place.now) }
            let entry = try await registry.create(
                slug, name: title, of: chain, file: object, by: place.operator, at: place.now)
            let url = place.configuration.url(of: slug)
            return Answer(
                json: ["id": .string(entry.publicID.text), "slug": .string(slug.text), "url": .string(url)],
                lines: ["\(title) is open at \(url)."])
        }
    }
}
