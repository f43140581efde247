public import Shapes

/// From where a clinic may be called.
public struct AccessConfiguration: Shape {
    /// Patients come from anywhere.
    @Field("Networks from which staff may call; none means all.", .count(0...50), .networks) public
        var staffNetworks: [String] = []

    /// Long enough to treat somebody, too short to browse.
    @Field("Minutes for which a record stays open that was opened in an emergency.", .within(15...240)) public
        var emergencyMinutes = 60
    /// Long enough to look into it first, soon enough to be remembered.
    @Field("Hours until a patient is told of an emergency; 0 tells nobody.", .within(0...720)) public
        var emergencyNoticeHours = 72
    /// Whoever is as old answers for themselves.
    @Field("The age from which patients answer for themselves.", .within(12...25)) public var majorityAge = 18

    /// From anywhere.
    public init() {}
}

/// How long a clinic keeps what.
public struct RetentionConfiguration: Shape {
    /// The database lets nobody forget earlier.
    @Field("Years for which the audit trail is kept.", .within(6...100)) public var auditYears = 6

    /// As short as the platform lets anybody.
    public init() {}
}

/// How much of the platform a clinic may use: what it pays for.
public struct PlanConfiguration: Shape {
    /// A quota above those of each caller and each address.
    @Field("Calls a minute of everybody at the clinic together; 0 sets no limit.", .within(0...10_000_000))
    public var callsPerMinute = 0

    /// As much as its callers' own limits allow.
    public init() {}
}
