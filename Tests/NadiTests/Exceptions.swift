import EndpointKit

/// What does not hold of every endpoint, and why. `EndpointsTests` compares each list with what is there.
enum Exceptions {
    /// The server's general limits are all that holds them.
    static let unlimited: Set = ["AnswerPing", "SignOut", "WhoAmI"]

    /// They change nothing that anybody will ask about.
    static let silentChanges: Set<String> = {
        let askingByPost = ["ExplainAccess", "PreviewMessageTemplate", "PreviewRole", "TellProgramByPost"]
        // What comes of it leaves a line, or a sign of an attack does.
        let beginnings = [
            "AskForReset", "BeginPasskey", "BeginPasskeySignIn", "BeginTimeCodes", "EnrolSecondFactor",
            "RefreshTokens", "SendAddressCode", "SendCode",
        ]
        let ownMessages = ["ReadAllShownMessages", "ReadShownMessage", "RemoveShownMessage"]
        let wordsOfGateways = ["TakeReceipts"]
        return Set(askingByPost + beginnings + ownMessages + wordsOfGateways)
    }()

    /// Other houses lead a browser there, which can only ask by GET.
    static let changesByBrowser: Set = ["AskSignOut", "FinishIssuerSignIn"]

    /// Told before it is known what is asked, or by nobody yet.
    static let problemsOfNoEndpoint: Set<ProblemCode> = {
        let beforeTheRoute: Set<ProblemCode> = [
            .expectationFailed, .methodNotAllowed, .notImplemented, .rangeNotSatisfiable,
            .versionNotSupported,
        ]
        return beforeTheRoute.union([.consentRequired])
    }()

    /// Rights to what the house does not do yet. Who adds it strikes them out.
    static let unusedPermissions: Set<String> = {
        let unused = [
            "billing": "create read update void", "clinical_notes": "read update approve",
            "laboratory": "create read update approve", "prescriptions": "create read update approve",
            "queue": "create read update void", "refunds": "create approve", "reports": "read",
            "schedule": "create update void", "specialty_notes": "create read update approve",
            "stock": "create read update void", "tenants": "create read void",
        ]
        return Set(
            unused.flatMap { subject, deeds in deeds.split(separator: " ").map { "\(subject).\($0)" } })
    }()
}
