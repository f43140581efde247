import JSON
public import Shapes
public import Vocabulary

/// What a person has let a program know of them.
public struct ProgramConsent: Sendable {
    /// Which program.
    public let program: ID<TrustedProgram>
    /// What it is called.
    public let name: String
    /// What it may know.
    public let scopes: [OpenIDScope]
    /// When they last said so.
    public let givenAt: Instant
}

extension ProgramConsent: Output {
    /// What the person sees of it.
    public static let shape = OutputShape<ProgramConsent> {
        Out("program", "The program.") { $0.program }
        Out("name", "What it is called.", example: "Sunrise Intranet") { $0.name }
        Out("scopes", "What it may know.") { $0.scopes }
        Out("given_at", "When I last said so.") { $0.givenAt }
    }
}
