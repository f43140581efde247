public import JSON

/// One place at which two configurations differ.
public struct ConfigurationChange: Hashable, Sendable {
    /// Where. Members of lists whose elements have slugs are named by slug, not by position: a location
    /// that moved up in its file has not changed.
    public let pointer: String
    /// What stood there; nil where nothing did.
    public let before: JSON?
    /// What will stand there; nil where nothing will.
    public let after: JSON?

    /// Everything in which the one differs from the other, in the order of the new one.
    public static func all(from old: JSON, to new: JSON) -> [ConfigurationChange] {
        between(old, new, at: "")
    }

    private static func between(_ old: JSON?, _ new: JSON?, at pointer: String) -> [ConfigurationChange] {
        if isSame(old, new) { return [] }
        guard let old = old.flatMap(children), let new = new.flatMap(children) else {
            return [ConfigurationChange(pointer: pointer, before: old, after: new)]
        }
        let gone = old.members.filter { new[$0.name] == nil }
        return (new.members + gone).flatMap { member in
            between(old[member.name], new[member.name], at: pointer + JSONPointer.step(member.name))
        }
    }

    /// Whether they say the same: a database gives an object's members back in an order of its own.
    private static func isSame(_ old: JSON?, _ new: JSON?) -> Bool {
        switch (old, new) {
        case (.object(let old)?, .object(let new)?):
            old.members.count == new.members.count
                && old.members.allSatisfy { isSame($0.value, new[$0.name]) }
        case (.array(let old)?, .array(let new)?):
            old.count == new.count && zip(old, new).allSatisfy(isSame)
        default: old == new
        }
    }

    /// An object's members; a list's elements by their slugs, where each has its own.
    private static func children(_ value: JSON) -> JSONObject? {
        guard let items = value.arrayValue, !items.isEmpty else { return value.objectValue }
        let slugs = items.compactMap { $0["slug"]?.stringValue }
        guard Set(slugs).count == items.count else { return nil }
        return JSONObject(zip(slugs, items))
    }
}
