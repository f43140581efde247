extension EndpointDescription {
    /// Every problem that the endpoint can answer, by status; the document lists them, and a test may hold
    /// every answer against them.
    public var problems: [ProblemCode] {
        let all = Set(
            alwaysPossible + problemsOfAccess + problemsOfInputs + problemsOfRepetition + ownProblems)
        return ProblemCode.allCases.filter(all.contains).sorted { $0.status < $1.status }
    }

    private var alwaysPossible: [ProblemCode] {
        [
            .malformedRequest, .unknownClinic, .tooManyRequests, .headTooLarge, .internal, .unavailable,
            .timeout,
        ]
    }

    private var problemsOfAccess: [ProblemCode] {
        let known: [ProblemCode] = [.signInRequired, .tokenExpired, .wrongClinic, .networkNotAllowed]
        return switch audience {
        case .anyone: []
        case .signedIn: known + (needsFreshProof ? [.stepUpRequired] : [])
        // A clinic may ask for a fresh proof of whatever needs a permission.
        case .permitted: known + [.notAllowed, .stepUpRequired]
        }
    }

    private var problemsOfInputs: [ProblemCode] {
        var problems: [ProblemCode] = [.invalidInput, .bodyTooLarge]
        if !inputs(in: .path).isEmpty { problems.append(.notFound) }
        if !inputs(in: .path).isEmpty || !inputs(in: .query).isEmpty { problems.append(.targetTooLong) }
        if route.method != .get, route.method != .delete {
            problems += [.malformedJSON, .unsupportedMediaType, .requestTooSlow]
        }
        return problems
    }

    private var problemsOfRepetition: [ProblemCode] {
        var problems: [ProblemCode] = []
        if idempotency != .none { problems += [.requestInProgress, .idempotencyKeyReused] }
        if precondition == .demanded { problems += [.preconditionRequired, .preconditionFailed] }
        return problems
    }
}
