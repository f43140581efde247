import Foundation

/// What `Package.swift` says of the rooms: their order from the top of the house, and what each may use.
struct HousePlan {
    struct Room: Equatable {
        let name: String
        let uses: [String]
    }

    let rooms: [Room]
    let doors: [String]

    init(manifest: String) {
        rooms = Self.calls("room(", in: Self.list("let rooms: [Target] = [", of: manifest))
            .map { Room(name: $0[0], uses: Array($0.dropFirst())) }
        doors = Self.calls(".target(", in: Self.list("let doors: [Target] = [", of: manifest)).map { $0[0] }
    }

    /// The rooms that know no clinic: all down to the kit that plugins are written with.
    var foundations: Set<String> {
        guard let last = rooms.firstIndex(where: { $0.name == "PluginKit" }) else { return [] }
        return Set(rooms[...last].map(\.name))
    }

    func above(_ room: String) -> Set<String> {
        Set(rooms.prefix { $0.name != room }.map(\.name))
    }

    private static func list(_ opening: String, of manifest: String) -> String {
        let rest = manifest.components(separatedBy: opening).dropFirst().first ?? ""
        return rest.components(separatedBy: "\n]").first ?? ""
    }

    /// The text literals of each `opening "…", …)`.
    private static func calls(_ opening: String, in list: String) -> [[String]] {
        list.components(separatedBy: opening).dropFirst().map { call in
            let inside = call.components(separatedBy: ")").first ?? ""
            let pieces = inside.components(separatedBy: "\"").enumerated()
            return pieces.filter { $0.offset % 2 == 1 }.map(\.element)
        }
        .filter { !$0.isEmpty }
    }
}
