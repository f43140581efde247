import PluginKit
public import Shapes
public import Tenancy
import Vocabulary

/// What one plugin declares of what roles can allow, as it is published.
public struct PluginRights: Output {
    let plugin: ClinicPlugin

    init(_ plugin: ClinicPlugin) { self.plugin = plugin }

    /// The answer's members.
    public static let shape = OutputShape<PluginRights> {
        Out("plugin", "The plugin, as configurations name it.", example: "physiotherapy") {
            $0.plugin.id.text
        }
        Out("title", "The plugin, as people name it.", example: "Physiotherapy") { $0.plugin.title }
        Out("permissions", "What it declares; a clinic's own role may add or take each of them.") {
            $0.plugin.permissions.map(DeclaredPermission.init)
        }
    }
}

/// A plugin's permission as it is published.
public struct DeclaredPermission: Output {
    /// A built-in role that has it.
    public struct Suggested: Output {
        let suggestion: PluginPermission.Suggestion

        /// The answer's members.
        public static let shape = OutputShape<Suggested> {
            Out("role", "A built-in role that has it.") { $0.suggestion.role }
            Out("reach", "How far it extends then.", example: "assigned") { $0.suggestion.reach.rawValue }
        }
    }

    let declared: PluginPermission

    init(_ declared: PluginPermission) { self.declared = declared }

    /// The answer's members.
    public static let shape = OutputShape<DeclaredPermission> {
        Out("permission", "Its name.") { Permission.plugin($0.declared.name) }
        Out("meaning", "What it allows, for people.", example: "Sign a plan of care.") { $0.declared.meaning }
        Out("suggested_to", "The built-in roles that have it; nobody else, until a clinic says so.") {
            $0.declared.suggestions.map(Suggested.init)
        }
    }
}

extension [ClinicPlugin] {
    /// What of theirs no role that a clinic gives has by suggestion.
    public var suggestedToNobody: [Permission] {
        flatMap(\.permissions).filter { declared in !declared.suggestions.contains { $0.role.isClinics } }
            .map { .plugin($0.name) }
    }
}
