public import Vocabulary

/// Where an ordinary visit can be: every specialty has visits that need no stage of their own.
public enum OrdinaryStage: String, VisitStage {
    case booked, arrived, begun, finished, left, missed, cancelled

    /// Each stage is its phase.
    public var phase: Phase {
        switch self {
        case .booked: .booked
        case .arrived: .arrived
        case .begun: .begun
        case .finished: .finished
        case .left: .left
        case .missed: .missed
        case .cancelled: .cancelled
        }
    }
}

/// What people do to an ordinary visit.
public enum OrdinaryStep: String, VisitStep { case arrive, begin, finish, leave, miss, cancel }

extension Lifecycle where Stage == OrdinaryStage, Step == OrdinaryStep {
    /// Booked, arrived, begun, finished; who treats the patient begins and finishes, the desk does the rest.
    public static func ordinary(
        by staff: Set<Role>,
        finishing consequences: @escaping @Sendable (VisitFacts) throws(Refusal) -> [Consequence]
    ) -> Lifecycle {
        Lifecycle(begins: .booked, ends: [.finished, .left, .missed, .cancelled]) {
            Move(.arrive, from: .booked, to: .arrived, by: .desk.union(staff))
            Move(.miss, from: .booked, to: .missed, by: .desk.union(staff))
            Move(.cancel, from: .booked, to: .cancelled, by: .desk.union(staff).union([.patient, .guardian]))
            Move(.leave, from: .arrived, to: .left, by: .desk.union(staff))
            Move(.cancel, from: .arrived, to: .cancelled, by: .desk.union(staff))
            Move(.begin, from: .arrived, to: .begun, by: staff)
            Move(.finish, from: .begun, to: .finished, by: staff, then: consequences)
        }
    }
}

extension Set<Role> {
    /// Who receives patients and answers the telephone.
    public static let desk: Set<Role> = [.receptionist, .callCentre, .locationManager]
}
