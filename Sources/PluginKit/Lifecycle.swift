public import Vocabulary

/// The stages of one kind of visit and the moves between them: a table that one could draw.
public struct Lifecycle<Stage: VisitStage, Step: VisitStep>: Sendable {
    let begin: Stage
    let ends: Set<Stage>
    let moves: [Move<Stage, Step>]

    /// Where it begins, where it may end, and the moves, one a line.
    public init(
        begins begin: Stage, ends: Set<Stage>,
        @ListBuilder<Move<Stage, Step>> moves: () -> [Move<Stage, Step>]
    ) {
        (self.begin, self.ends, self.moves) = (begin, ends, moves())
    }

    func move(for step: String, from stage: String, by role: Role) throws(Refusal) -> AnyMove {
        guard let move = moves.first(where: { $0.step.rawValue == step && $0.from.rawValue == stage }) else {
            throw "This visit is not at a stage where that can be done."
        }
        guard move.roles.contains(role) else { throw "Your role does not take this step." }
        return AnyMove(stage: move.to.rawValue, phase: move.to.phase, consequences: move.consequences)
    }
}

/// Where a visit can be, in a specialty's own words.
public protocol VisitStage: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// What the stage means to the appointment.
    var phase: Phase { get }
}

/// What someone can do to a visit, in a specialty's own words.
public protocol VisitStep: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// What any stage of any specialty means to the appointment. A plugin refines phases and never redefines
/// what they keep reserved.
public enum Phase: String, CaseIterable, Hashable, Sendable {
    case booked, arrived, begun, finished, aborted, left, missed, cancelled

    /// Phases that may directly follow; a stage may also lead to another of its own phase.
    var following: Set<Phase> {
        switch self {
        case .booked: [.arrived, .missed, .cancelled]
        case .arrived: [.begun, .left, .cancelled]
        case .begun: [.finished, .aborted]
        case .finished, .aborted, .left, .missed, .cancelled: []
        }
    }
}

/// One permitted move. The closure decides what must follow; it never performs it.
public struct Move<Stage: VisitStage, Step: VisitStep>: Sendable {
    let step: Step
    let from: Stage
    let to: Stage
    let roles: Set<Role>
    let consequences: @Sendable (VisitFacts) throws(Refusal) -> [Consequence]

    /// Who may take which step from where to where, and what follows from it.
    public init(
        _ step: Step, from: Stage, to: Stage, by roles: Set<Role>,
        then consequences: @escaping @Sendable (VisitFacts) throws(Refusal) -> [Consequence] = {
            _ throws(Refusal) in []
        }
    ) {
        (self.step, self.from, self.to, self.roles) = (step, from, to, roles)
        self.consequences = consequences
    }
}

/// A move whose stage and step have lost their types.
struct AnyMove: Sendable {
    let stage: String
    let phase: Phase
    let consequences: @Sendable (VisitFacts) throws(Refusal) -> [Consequence]
}
