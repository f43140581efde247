import Database
import JSON
import Terminal

/// Prints a login of the database.
struct ShowDatabaseURL: Command {
    enum Login: String, CaseIterable, OptionValue {
        case superuser, owner, app, auditor
    }

    static let name = "database url"
    static let summary = "Print the URL by which psql reaches the database as one of its roles."
    static let examples = ["psql \"$(nadi database url --as app)\""]

    @Option("as", "Which role.") var login = Login.app

    func run(in place: Place) async throws -> Answer {
        let urls = try place.urls()
        let url =
            switch login {
            case .superuser: urls.superuser
            case .owner: urls.owner
            case .app: urls.app
            case .auditor: urls.auditor
            }
        return Answer(json: ["url": .string(url)], lines: [url])
    }
}
