public import Vocabulary

/// What a refusal may be a sign of, together with its like. Whoever was refused is told nothing of it.
public struct Suspicion: Hashable, Sendable {
    /// What happened once, and may be somebody's method when it happens often.
    public enum Sign: Hashable, Sendable {
        /// A code, a password or a passkey was wrong.
        case failedSignIn
        /// A refresh token came back that was used up: it has been copied.
        case reusedRefreshToken
        /// A token of another clinic's was shown.
        case foreignToken
        /// Something was asked for by an id under which nothing is.
        case unknownID
        /// Whoever is signed in failed to prove it anew.
        case failedStepUp
        /// A program's key was used from where it may not be.
        case foreignNetwork
    }

    /// What happened.
    public let sign: Sign
    /// Whose name was used, told apart from others by this alone; 0 where none was.
    public let identifier: Int
    /// Whom it concerns, where that is known.
    public let person: UniqueID?

    /// A sign, with what a handler knows about whom it concerns.
    public init(_ sign: Sign, identifier: some Hashable = 0, person: UniqueID? = nil) {
        (self.sign, self.person) = (sign, person)
        // Keyed by a secret of the process: nobody can aim at a neighbour's.
        self.identifier = identifier.hashValue
    }
}

extension Problem {
    /// The same problem, with what it may be a sign of.
    public func suspecting(_ suspicion: Suspicion) -> Problem {
        var problem = self
        problem.suspicion = suspicion
        return problem
    }
}
