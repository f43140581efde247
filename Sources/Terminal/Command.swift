public import JSON

/// One thing that the program can be told to do.
///
/// The declaration is the only place that knows its name and arguments: reading, help and completion follow
/// from it.
public protocol Command<Place> {
    /// What commands may touch: the program's configuration, its database, its terminal.
    associatedtype Place

    /// `clinic create`.
    static var name: String { get }
    /// One sentence.
    static var summary: String { get }
    /// Lines that can be typed as they stand.
    static var examples: [String] { get }

    /// A command whose arguments are still to be read.
    init()

    /// Does it. A thrown error is told to the person and ends the program with 1.
    func run(in place: Place) async throws -> Answer
}

/// What a command has to say: lines for a person, one value for a program.
public struct Answer: Sendable {
    /// What `--json` prints.
    public let json: JSON
    /// What a person reads.
    public let lines: [String]
    /// Whether what was asked for holds; a check that found flaws says no, and the program ends with 1.
    public let isGood: Bool

    /// An answer in both tongues.
    public init(json: JSON, lines: [String], isGood: Bool = true) {
        (self.json, self.lines, self.isGood) = (json, lines, isGood)
    }
}

/// What was wrong with the arguments: every fault at once. Ends the program with 2.
public struct UsageFault: Error, Sendable {
    /// A sentence for each.
    public let complaints: [String]
}

extension Command {
    /// The declared arguments, in order.
    var options: [any DeclaredOption] {
        Mirror(reflecting: self).children.compactMap { $0.value as? any DeclaredOption }
    }
}
