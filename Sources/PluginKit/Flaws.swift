import Vocabulary

/// Everything wrong with a plugin that can be known before a patient is, under its default configuration.
public func flaws<Plugin: DomainPlugin>(in plugin: Plugin) -> [String] {
    flaws(in: plugin, configured: Plugin.Configuration())
}

/// Everything wrong with a plugin as one clinic configured it.
public func flaws<Plugin: DomainPlugin>(
    in plugin: Plugin, configured configuration: Plugin.Configuration
) -> [String] {
    let visitTypes = plugin.visitTypes(configuration)
    var flaws = [
        Slug(text: Plugin.id.text) == nil ? "\(Plugin.id) cannot name a plugin" : nil,
        Plugin.version < 1 ? "versions count from 1" : nil,
        visitTypes.isEmpty ? "nothing can be booked" : nil,
    ].compactMap(\.self)
    flaws += visitTypes.flatMap { visit in visit.flaws.map { "\(visit.name): \($0)" } }
    flaws += repeated(visitTypes.map(\.name)).map { "two visit types are called \($0)" }
    flaws += Plugin.permissions.flatMap { $0.flaws(in: Plugin.namespace) }
    flaws += repeated(Plugin.permissions.map(\.name.text)).map { "two permissions are called \($0)" }
    return flaws
}

/// Plugins that were given the same id, or call their permissions alike: only one of them could ever be
/// meant.
public func flaws(inRoster plugins: [any DomainPlugin]) -> [String] {
    repeated(plugins.map { type(of: $0).id.text }).map { "two plugins are called \($0)" }
        + repeated(plugins.map { type(of: $0).namespace }).map { "two plugins call their permissions \($0)" }
        + plugins.flatMap { plugin in flaws(in: plugin).map { "\(type(of: plugin).id): \($0)" } }
}

extension VisitType {
    var flaws: [String] {
        var flaws = lifecycleFlaws
        if Slug(text: name) == nil { flaws.append("\(name) cannot name a visit type") }
        if !length.isWholeMinutes(in: 1...720) { flaws.append("lasts no whole minutes from 1 to 720") }
        let people = needs.filter { $0.tag == nil }
        if people.isEmpty { flaws.append("needs nobody") }
        flaws += needs.flatMap(\.flaws)
        flaws += repeated(documents).map { "issues \($0) twice" }
        flaws += reminders.filter { $0.channels.isEmpty || $0.lead <= .zero }.map {
            "\($0.template) reaches nobody in time"
        }
        return flaws
    }
}

extension PluginPermission {
    fileprivate func flaws(in namespace: String) -> [String] {
        guard name.isWellFormed else { return ["\(name) cannot name a permission"] }
        var flaws: [String] = []
        if name.namespace != namespace { flaws.append("\(name) does not begin with \(namespace)") }
        if meaning.isEmpty { flaws.append("\(name) does not say what it allows") }
        flaws += repeated(suggestions.map(\.role.rawValue)).map { "\(name) is suggested to \($0) twice" }
        return flaws
            + suggestions.filter { !$0.isPossible }.map {
                "\(name) is suggested to \($0.role.rawValue), who cannot have it"
            }
    }
}

extension PluginPermission.Suggestion {
    /// Guardians, programs and screens are never asked for what only a specialty knows.
    fileprivate var isPossible: Bool {
        if role == .patient { return reach == .own }
        return Role.human.contains(role) && !role.isOutsideClinics && role != .guardian
    }
}

extension Need {
    fileprivate var flaws: [String] {
        var flaws: [String] = []
        if case .practitioner(let roles) = kind, roles.isEmpty || roles.contains(where: \.isOutsideClinics) {
            flaws.append("needs somebody, but no role that a clinic can give")
        }
        if let tag, Slug(text: tag) == nil { flaws.append("\(tag) cannot tag a resource") }
        if !(1...8).contains(count) { flaws.append("needs \(count) at once") }
        if ![before, after].allSatisfy({ $0.isWholeMinutes(in: 0...240) }) {
            flaws.append("has a buffer of no whole minutes from 0 to 240")
        }
        return flaws
    }
}

extension Lifecycle {
    /// Mistakes that a reader would find by drawing the diagram.
    var flaws: [String] {
        let reached = reachableStages
        let unreachable = Stage.allCases.filter { !reached.contains($0) }
        let deadEnds = Stage.allCases.filter { stage in
            !ends.contains(stage) && !moves.contains { $0.from == stage }
        }
        let leakyEnds = Stage.allCases.filter { end in ends.contains(end) && moves.contains { $0.from == end }
        }
        let nobodys = moves.filter(\.roles.isEmpty), unlawful = moves.filter { !$0.isLawful }
        return unreachable.map { "stage \($0.rawValue) can never be reached" }
            + deadEnds.map { "stage \($0.rawValue) has no way out" }
            + leakyEnds.map { "stage \($0.rawValue) is an end, yet has a way out" }
            + (begin.phase == .booked ? [] : ["it begins at \(begin.rawValue), which is not booked"])
            + repeated(moves.map { "\($0.step.rawValue) from \($0.from.rawValue)" }).map {
                "\($0) leads to two stages"
            }
            + nobodys.map { "nobody may \($0.step.rawValue) from \($0.from.rawValue)" }
            + unlawful.map { "no visit goes from \($0.from.rawValue) to \($0.to.rawValue)" }
    }

    private var reachableStages: Set<Stage> {
        var reached: Set<Stage> = [begin]
        while true {
            let next = reached.union(moves.filter { reached.contains($0.from) }.map(\.to))
            if next == reached { return reached }
            reached = next
        }
    }
}

extension Move {
    fileprivate var isLawful: Bool { from.phase == to.phase || from.phase.following.contains(to.phase) }
}

extension Duration {
    fileprivate func isWholeMinutes(in range: ClosedRange<Int>) -> Bool {
        self == .minutes(wholeMinutes) && range.contains(wholeMinutes)
    }
}

private func repeated(_ words: [String]) -> [String] {
    Dictionary(grouping: words, by: \.self).filter { $0.value.count > 1 }.keys.sorted()
}
