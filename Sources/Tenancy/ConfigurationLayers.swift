public import JSON
public import Vocabulary

/// Who said a value: the platform's own default, the chain's template, the clinic's file, or one of its
/// locations.
public enum ConfigurationLayer: Hashable, Sendable, CustomStringConvertible {
    case platform
    case organisation(version: Int)
    case clinic(version: Int)
    case location(Slug, version: Int)

    /// As an operator would say it.
    public var description: String {
        switch self {
        case .platform: "platform default"
        case .organisation(let version): "organisation, version \(version)"
        case .clinic(let version): "clinic, version \(version)"
        case .location(let slug, let version): "location \(slug), version \(version)"
        }
    }
}

/// Layers laid on each other, the later ones deciding, with a memory of who said what.
///
/// Objects are merged member by member; anything else is replaced whole, so that a list is always one
/// layer's.
public struct ConfigurationLayers: Sendable {
    /// What results.
    public private(set) var value: JSONObject
    private var sources: [String: ConfigurationLayer] = [:]

    /// The lowest layer.
    public init(platform value: JSONObject) {
        self.value = JSONObject()
        lay(value, as: .platform)
    }

    /// Lays another layer on top.
    public mutating func lay(_ object: JSONObject, as layer: ConfigurationLayer) {
        value = merge(object, onto: value, at: "", as: layer)
    }

    /// Who said the value at the JSON pointer; for a whole object the layer that first spoke of it.
    public func source(of pointer: String) -> ConfigurationLayer? {
        var pointer = pointer[...]
        while true {
            if let source = sources[String(pointer)] { return source }
            guard let slash = pointer.lastIndex(of: "/") else { return nil }
            pointer = pointer[..<slash]
        }
    }

    private mutating func merge(
        _ top: JSONObject, onto bottom: JSONObject, at pointer: String, as layer: ConfigurationLayer
    ) -> JSONObject {
        var merged = bottom
        for member in top.members {
            let place = pointer + JSONPointer.step(member.name)
            switch (bottom[member.name], member.value) {
            case (.object(let below)?, .object(let above)):
                merged[member.name] = .object(merge(above, onto: below, at: place, as: layer))
            case (_, .object(let above)):
                forget(below: place)
                sources[place] = layer
                merged[member.name] = .object(merge(above, onto: JSONObject(), at: place, as: layer))
            default:
                forget(below: place)
                sources[place] = layer
                merged[member.name] = member.value
            }
        }
        return merged
    }

    private mutating func forget(below pointer: String) {
        sources = sources.filter { !$0.key.hasPrefix(pointer + "/") }
    }
}
