import Database
public import JobQueue

extension Sweep {
    /// Forgets, once a day, sign-ins that ended three months ago and codes of earlier days.
    public static let endedSignIns = Sweep("forget-sign-ins") { clinic in
        for statement in Challenge.forgetOld(in: clinic.tenant) { clinic.queue(statement) }
        clinic.queue(Rotation.forgetEnded(in: clinic.tenant))
    }
}
