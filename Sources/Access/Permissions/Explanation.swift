public import Identity
import Roles
public import Tenancy
public import Vocabulary

/// A decision with the rule that made it: what the policy would say to somebody's request, and why.
public struct Explanation: Sendable {
    /// What one role says.
    public struct Line: Sendable {
        /// The role, as it was given.
        public let given: Caller.HeldRole
        /// What it says to the act.
        public let ground: Ground
    }

    /// Whether the act would be allowed.
    public private(set) var isAllowed: Bool
    /// What each role says, in the order in which they were given.
    public let lines: [Line]
    /// At which locations it would be allowed.
    public let locations: LocationReach
    /// Of which patients.
    public let reach: PatientReach
    private let place: ID<Location>?
    /// Whether there is such a permission where they work.
    private let isDeclared: Bool
    /// Whether what it would be done to is reached, where that was looked up.
    private var isReached: Bool?

    /// What would be said to somebody who asks to do this, to something at `place` if that is known.
    public init(of asked: AskedAct, _ hearing: Hearing, at place: ID<Location>? = nil) {
        var lines: [Line] = [], held: [HeldRight] = []
        AccessPolicy.consider(asked, hearing) { given, ground in
            lines.append(Line(given: given, ground: ground))
            if case .allows(let right) = ground { held.append(right) }
        }
        reach = PatientReach(held, of: hearing.caller, at: hearing.tenant, hearing.now)
        locations = reach.locations
        isAllowed = !held.isEmpty && place.map(locations.contains) != false
        (self.lines, self.place) = (lines, place)
        isDeclared = asked.permission.isDeclared(by: hearing.tenant.plugins)
    }

    /// The same about something of which was looked up whether `reach` extends to it: that alone decides
    /// then.
    public func about(somethingReached isReached: Bool) -> Explanation {
        var explanation = self
        explanation.isReached = isReached
        explanation.isAllowed = isReached && lines.contains { $0.code == "allowed" }
        return explanation
    }

    /// The rule that decided, as a sentence for people.
    public var rule: String {
        guard isDeclared else { return "No plugin that the clinic has declares this permission." }
        let allowing = lines.first { line in
            guard case .allows(let right) = line.ground else { return false }
            if let isReached { return isReached }
            return place.map(LocationReach([right]).contains) != false
        }
        if let allowing { return allowing.words }
        if lines.contains(where: { if case .allows = $0.ground { true } else { false } }) {
            return isReached == false
                ? "No role that allows it extends to this." : "No role that allows it holds at this location."
        }
        return lines.isEmpty ? "They have no role here." : "No role of theirs allows it."
    }
}

extension Explanation.Line {
    /// `allowed`, `ended`, `not_written` …: what the role says, for programs.
    public var code: String {
        switch ground {
        case .allows: "allowed"
        case .ended: "ended"
        case .notWritten: "not_written"
        case .removed: "removed"
        case .outOfReach: "out_of_reach"
        case .limited: "limited"
        case .failing: "condition_fails"
        case .unknowable: "condition_unknown"
        }
    }

    /// The same for people.
    public var words: String {
        let role = "The role \(given.role.text)"
        switch ground {
        case .allows(let right): return "\(role) allows it (\(right.reach.words.joined(separator: ", ")))."
        case .ended(let end): return "\(role) was given until \(end.text)."
        case .notWritten: return "\(role) does not allow it."
        case .removed: return "\(role) was made not to allow it."
        case .outOfReach(let reach):
            let words = reach.words.joined(separator: ", ")
            return "\(role) allows it only for \(words), which this does not tell apart."
        case .limited(let limits):
            return "\(role) allows only \(limits.words.joined(separator: ", ")), and this shows more."
        case .failing(let condition):
            return "\(role) holds only under the condition \(condition.kind.rawValue), which fails."
        case .unknowable(let condition):
            let kind = condition.kind.rawValue
            return "\(role) holds only under the condition \(kind), which nobody here can judge."
        }
    }
}
