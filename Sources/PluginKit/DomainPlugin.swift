public import Shapes

/// A medical specialty, declared.
public protocol DomainPlugin: Sendable {
    /// What a clinic may say about the specialty, in its configuration under the plugin's id.
    associatedtype Configuration: Shape

    /// The word by which configurations and appointments name the specialty. Never renamed.
    static var id: PluginID { get }

    /// The specialty's name, as people say it.
    static var title: String { get }

    /// Raised whenever the declaration changes in a way that old appointments must not be read by.
    /// An appointment keeps the version under which it was made.
    static var version: Int { get }

    /// The word with which the names of its permissions begin; its id, unless it says otherwise.
    static var namespace: String { get }

    /// What of the specialty's own not everybody at a clinic may do.
    static var permissions: [PluginPermission] { get }

    /// A plugin holds nothing: whatever differs between clinics is in the configuration.
    init()

    /// What patients of a clinic so configured can book.
    @ListBuilder<VisitType> func visitTypes(_ configuration: Configuration) -> [VisitType]
}

extension DomainPlugin {
    /// Its permissions are called as it is.
    public static var namespace: String { id.text }
    /// Roles as they are say everything.
    public static var permissions: [PluginPermission] { [] }
}

/// The word that names a plugin: `physiotherapy`.
public struct PluginID: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The letters.
    public let text: String

    /// The plugin of this name.
    public init(stringLiteral text: String) { self.text = text }

    /// The plugin of this name, which may not exist: a configuration or a row spoke of it.
    public init(text: String) { self.text = text }

    /// By letters.
    public static func < (left: PluginID, right: PluginID) -> Bool { left.text < right.text }

    /// The letters.
    public var description: String { text }
}
