public import PluginKit

/// A specialty that a clinic has: what can be said of it wherever the clinic is known.
public struct ClinicPlugin: Sendable {
    /// Which.
    public let id: PluginID
    /// What people call it.
    public let title: String
    /// What it knows that not everybody may do.
    public let permissions: [PluginPermission]

    /// The specialty as it declares itself.
    public init(_ kind: any DomainPlugin.Type) {
        (id, title, permissions) = (kind.id, kind.title, kind.permissions)
    }
}

extension [ClinicPlugin] {
    /// The permission of that name; nil where none of these plugins declares it, and so nobody has it.
    public func permission(named name: PluginPermission.Name) -> PluginPermission? {
        for plugin in self {
            if let found = plugin.permissions.first(where: { $0.name == name }) { return found }
        }
        return nil
    }
}
