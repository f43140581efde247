public import JobQueue
public import Messaging
public import Terminal
public import Vocabulary

extension Slug: OptionValue {
    /// Letters, digits and inner hyphens.
    public init?(argument: String) { self.init(text: argument) }
    /// `SLUG`.
    public static var hint: String { "SLUG" }
}

extension ID: OptionValue {
    /// A TypeID of this kind.
    public init?(argument: String) { self.init(text: argument) }
    /// `stf_…`.
    public static var hint: String { "\(Subject.idPrefix)_…" }
}

extension Role: OptionValue {}

extension Lane: OptionValue {}
extension MessageChannel: OptionValue {}

/// The path of a file that a command reads.
struct InputFile: OptionValue {
    let path: String

    init(path: String) { self.path = path }

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        path = argument
    }

    static var hint: String { "FILE" }
}
