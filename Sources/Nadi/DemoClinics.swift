import Database
import Files
import JSON
import Scheduling
import Tenancy
import Terminal
import Vocabulary

/// Clinics to play with, filled with people who do not exist: the same ones for the same seed and day.
struct DemoClinics {
    /// A clinic that was opened, and whom it can be tried with.
    struct Opened {
        let slug: Slug
        let name: String
        let cast: DemoSeed.Cast
    }

    let place: Place
    let database: Database
    let seed: UInt64

    /// Opens the first `count` demo clinics that are not there yet: the files in TenantConfigs in turn,
    /// numbered from the second time round.
    func open(_ count: Int) async throws -> [Opened] {
        guard place.configuration.mode == .development else {
            throw Refusal("In production nobody is invented: NADI_ENV=production refuses demo clinics.")
        }
        let files = try DemoFiles.all()
        let registry = ClinicRegistry(database, shelf: VisitTypeShelf(installedPlugins), ids: .seeded(seed))
        let known = Set(try await registry.list().map(\.slug))
        var progress = Progress("Opening demo clinics", of: count, on: place.terminal)
        var opened: [Opened] = []
        for number in 0..<count {
            let file = files[number % files.count], round = number / files.count + 1
            guard let slug = Slug(text: round == 1 ? file.stem : "\(file.stem)-\(round)") else { continue }
            if !known.contains(slug) { opened.append(try await open(slug, file.body, registry)) }
            progress.reached(number + 1)
        }
        return opened
    }

    /// The first demo clinic as it was opened some other day; nil where it is gone or was never there.
    func recallFirst() async throws -> Opened? {
        let registry = ClinicRegistry(database, shelf: VisitTypeShelf(installedPlugins))
        guard let file = try DemoFiles.all().first,
            let entry = try await registry.list().first(where: { $0.slug.text == file.stem }),
            entry.suspendedAt == nil
        else { return nil }
        let tenant = try await place.clinic(entry.slug, in: database)
        let cast = try await DemoSeed(seed: seed).recall(
            tenant, filledAt: entry.createdAt, in: database, now: place.now)
        return Opened(slug: entry.slug, name: entry.name, cast: cast)
    }

    private func open(_ slug: Slug, _ body: JSONObject, _ registry: ClinicRegistry) async throws -> Opened {
        let name = body["name"]?.stringValue ?? slug.text
        _ = try await registry.create(slug, name: name, file: body, by: place.operator, at: place.now)
        let tenant = try await place.clinic(slug, in: database)
        let cast = try await DemoSeed(seed: seed).fill(tenant, in: database, now: place.now)
        return Opened(slug: slug, name: name, cast: cast)
    }
}

/// The clinics' files that come with the program.
enum DemoFiles {
    struct File {
        let stem: String
        let body: JSONObject
    }

    static func all() throws -> [File] {
        let folder = Folder(try ProgramFolder.path("TenantConfigs"))
        guard let names = folder.names(endingIn: ".json") else {
            throw Refusal("\(folder.path) cannot be read.")
        }
        return try names.filter { $0 != "schema.json" }.map { name in
            File(
                stem: String(name.dropLast(".json".count)),
                body: try InputFile(path: folder.file(name).path).object())
        }
    }
}
