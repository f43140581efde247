import Database
public import JobQueue

extension Sweep {
    /// Forgets, once a day, guesses, challenges and tokens that are long over.
    public static let oldCredentials = Sweep("forget-credentials") { clinic in
        for statement in GuessCount.forgetOld(in: clinic.tenant) { clinic.queue(statement) }
    }
}
