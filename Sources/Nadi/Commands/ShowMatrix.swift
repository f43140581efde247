import JSON
import Roles
import Tenancy
import Terminal
import Vocabulary

/// Prints what each built-in role allows.
struct ShowMatrix: Command {
    static let name = "roles matrix"
    static let summary = """
        Print what each built-in role allows, where all installed plugins are; what is not printed is denied.
        """
    static let examples = ["nadi roles matrix", "nadi roles matrix --json"]

    func run(in place: Place) async throws -> Answer {
        let plugins = VisitTypeShelf(installedPlugins).installed
        return Answer(
            json: try JSON(
                parsing: MatrixDocument(with: plugins).jsonText, limits: JSONLimits(bytes: 1 << 20)),
            lines: Role.allCases.flatMap { Self.lines(of: $0, with: plugins) })
    }

    private static func lines(of role: Role, with plugins: [ClinicPlugin]) -> [String] {
        let rights = RoleMatrix.table(of: role).all(with: plugins).map { permission, right in
            let limits = right.limits.isEmpty ? "" : ", less: " + right.limits.words.joined(separator: ", ")
            return "    \(permission.name): \(right.reach.words.joined(separator: ", "))\(limits)"
        }
        return [role.rawValue] + (rights.isEmpty ? ["    nothing"] : rights)
    }
}
