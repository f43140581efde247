public import Shapes
public import Vocabulary

/// A kind of visit that patients can book.
public struct VisitType: Sendable {
    /// The word that appointments store. Never renamed.
    public let name: String
    /// The kind of visit, as people say it.
    public let title: String
    /// How long the patient is there.
    public let length: Duration
    /// Who and what must be free.
    public internal(set) var needs: [Need] = []
    /// What staff fill in during the visit.
    public internal(set) var forms: [any Shape.Type] = []
    /// What the visit can issue.
    public internal(set) var documents: [String] = []
    /// What the patient is told ahead of it.
    public internal(set) var reminders: [Reminder] = []
    /// The stage in which a booked visit begins.
    public let firstStage: String

    let lifecycleFlaws: [String]
    private let lookUp: @Sendable (_ step: String, _ stage: String, _ role: Role) throws(Refusal) -> AnyMove

    /// A kind of visit: its word, its title, its length, its lifecycle, and its parts, one a line.
    public init<Stage, Step>(
        _ name: String, _ title: String, lasting length: Duration, lifecycle: Lifecycle<Stage, Step>,
        @ListBuilder<any VisitPart> _ parts: () -> [any VisitPart]
    ) {
        (self.name, self.title, self.length) = (name, title, length)
        firstStage = lifecycle.begin.rawValue
        lifecycleFlaws = lifecycle.flaws
        lookUp = { step, stage, role throws(Refusal) in
            try lifecycle.move(for: step, from: stage, by: role)
        }
        for part in parts() { part.add(to: &self) }
    }

    /// What follows when someone of this role takes the step; or why they may not.
    public func advance(
        _ step: String, from stage: String, as role: Role, _ facts: VisitFacts
    ) throws(Refusal) -> Advance {
        let move = try lookUp(step, stage, role)
        return Advance(stage: move.stage, phase: move.phase, consequences: try move.consequences(facts))
    }

    /// The same, in the plugin's own words.
    public func advance(
        _ step: some VisitStep, from stage: some VisitStage, as role: Role, _ facts: VisitFacts
    ) throws(Refusal) -> Advance {
        try advance(step.rawValue, from: stage.rawValue, as: role, facts)
    }
}

/// Where a visit stands after a move, and what the core now has to carry out.
public struct Advance: Sendable, Equatable {
    /// The plugin's stage.
    public let stage: String
    /// What it means to the appointment.
    public let phase: Phase
    /// To be carried out in the transaction that stores the stage.
    public let consequences: [Consequence]
}
