public import Shapes

/// Everything a move may look at. The core loads the facts; a plugin never sees a store.
public struct VisitFacts: Sendable {
    /// In years, on the day of the visit.
    public let patientAge: Int
    /// Visits of this kind already finished in the episode.
    public let completedVisits: Int
    private let forms: [ObjectIdentifier: any Shape]

    /// The facts of one visit.
    public init(patientAge: Int, completedVisits: Int, forms: [any Shape] = []) {
        (self.patientAge, self.completedVisits) = (patientAge, completedVisits)
        self.forms = forms.reduce(into: [:]) { $0[ObjectIdentifier(type(of: $1))] = $1 }
    }

    /// The form as it was filled in; nil when nobody has.
    public func form<Answers: Shape>(_: Answers.Type) -> Answers? {
        forms[ObjectIdentifier(Answers.self)] as? Answers
    }
}
