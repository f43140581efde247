import PluginKit

/// What a physiotherapist finds at the first visit.
struct MovementAssessment: Shape {
    @Field("Pain now, 0 to 10.", .within(0...10)) var pain: Int
    @Field("What hurts and since when.", .length(1...5_000)) var complaint: String
    @Field("What it is taken to be.", .length(1...5_000)) var diagnosis: String
    @Field("Signs that call for a physician.", .count(0...20)) var warningSigns: [String] = []
}

/// What is noted after each treatment.
struct TreatmentNote: Shape {
    @Field("Pain afterwards, 0 to 10.", .within(0...10)) var pain: Int
    @Field("What was done.", .length(1...5_000)) var treatment: String
}
