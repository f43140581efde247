public import JSON
public import PluginKit
public import Shapes
import Synchronization

/// The installed plugins, and what was already made of them: clinics that configure a specialty alike share
/// its visit types.
public final class VisitTypeShelf: Sendable {
    private static let max = 1_000
    /// What is installed.
    public let installed: [ClinicPlugin]
    private let plugins: [any DomainPlugin]
    private let made = Mutex<[String: [BookableVisitType]]>([:])

    /// A shelf of these plugins.
    public init(_ plugins: [any DomainPlugin]) {
        self.plugins = plugins
        installed = plugins.map { ClinicPlugin(type(of: $0)) }
    }

    /// What can be booked of the plugin of this name, so configured; nil when it is not installed.
    public func visitTypes(of name: String, configured json: JSON) throws(ShapeFault) -> [BookableVisitType]?
    {
        guard let plugin = plugins.first(where: { type(of: $0).id.text == name }) else { return nil }
        let key = name + json.jsonText
        if let made = made.withLock({ $0[key] }) { return made }
        let visitTypes = try Self.make(plugin, json)
        made.withLock { made in
            // Clinics with a configuration all their own are few; past that many, they share nothing.
            if made.count < Self.max { made[key] = visitTypes }
        }
        return visitTypes
    }

    /// Everything `TenantConfigs` files may say, for editors and for `nadi config schema`.
    public var schema: Schema {
        var schema = ClinicConfiguration.schema
        for place in schema.properties.indices where schema.properties[place].name == "plugins" {
            schema.properties[place].schema = PluginConfigurations.schema(with: plugins)
                .described("The specialties, each with its own configuration.")
        }
        let hint = Schema.string().described("Where this schema is, for editors.")
        schema.properties.append(Schema.Property("$schema", hint, isRequired: false))
        return schema
    }

    private static func make(
        _ plugin: some DomainPlugin, _ json: JSON
    ) throws(ShapeFault) -> [BookableVisitType] {
        let kind = type(of: plugin)
        return try plugin.visitTypes(reading: json).map {
            BookableVisitType(plugin: kind.id, pluginVersion: kind.version, visitType: $0)
        }
    }
}
