public import JSON
import PluginKit
public import Shapes

/// The specialties a clinic has, each with what it says about it. Only the plugins know what may be said.
public struct PluginConfigurations: WireValue, Hashable {
    /// By plugin id, in the file's order.
    public let members: JSONObject

    /// No specialty.
    public init() { members = JSONObject() }

    /// Reads an object of objects.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> PluginConfigurations? {
        guard case .json(.object(let members)) = input else {
            complaints.add("wrong_type", "must be an object")
            return nil
        }
        for member in members.members where member.value.objectValue == nil {
            complaints.add("wrong_type", "must be an object", at: JSONPointer.step(member.name))
        }
        return PluginConfigurations(members: members)
    }

    /// Writes the objects as they were read.
    public func write(to writer: inout JSONWriter) { members.write(to: &writer) }

    /// Any specialty; `schema(with:)` knows which there are.
    public static var schema: Schema { .typed("object") }

    /// An object of these specialties.
    static func schema(with plugins: [any DomainPlugin]) -> Schema {
        .object(
            plugins.map { plugin in
                let kind = type(of: plugin)
                return Schema.Property(kind.id.text, kind.configurationSchema, isRequired: false)
            })
    }

    private init(members: JSONObject) { self.members = members }
}
