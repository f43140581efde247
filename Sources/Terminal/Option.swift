/// A value that can stand behind an option: `--slug mitra`.
public protocol OptionValue: Sendable {
    /// Nil when the argument is not one.
    init?(argument: String)
    /// What help shows in its place: `NAME`.
    static var hint: String { get }
    /// The only values there are, for help and completion; empty when there are too many.
    static var choices: [String] { get }
    /// What stands for an option that is left out; nil when it must be given.
    static var absent: Self? { get }
}

extension OptionValue {
    /// Most values cannot be listed.
    public static var choices: [String] { [] }
    /// Most options must be given, or carry a default.
    public static var absent: Self? { nil }
}

/// One named argument of a command, declared where it is used:
/// `@Option("slug", "The clinic's subdomain.") var slug: Slug`.
///
/// A class, so that the reader fills the very copy that the command holds; a command lives for one call.
@propertyWrapper
public final class Option<Value: OptionValue>: DeclaredOption {
    let name: String
    let summary: String
    private var value: Value?

    /// An option that must be given, unless its type has a way to be absent.
    public init(_ name: String, _ summary: String) {
        (self.name, self.summary, value) = (name, summary, Value.absent)
    }

    /// An option that may be left out.
    public init(wrappedValue: Value, _ name: String, _ summary: String) {
        (self.name, self.summary, value) = (name, summary, wrappedValue)
    }

    /// What was given, or the default.
    public var wrappedValue: Value {
        guard let value else { preconditionFailure("A command runs only when its arguments have been read.") }
        return value
    }

    var isFilled: Bool { value != nil }
    var hint: String { Value.choices.isEmpty ? Value.hint : Value.choices.joined(separator: "|") }
    var choices: [String] { Value.choices }

    func read(_ argument: String) -> Bool {
        guard let read = Value(argument: argument) else { return false }
        value = read
        return true
    }
}

/// A switch: `@Flag("no-demo", "Serve without the demo clinics.") var isBare`.
@propertyWrapper
public final class Flag: DeclaredOption {
    let name: String
    let summary: String
    /// Whether the flag was given.
    public private(set) var wrappedValue = false

    /// A flag, off until it is given.
    public init(_ name: String, _ summary: String) { (self.name, self.summary) = (name, summary) }

    var isFilled: Bool { true }
    var hint: String { "" }
    var choices: [String] { [] }

    func read(_ argument: String) -> Bool {
        wrappedValue = argument.isEmpty
        return wrappedValue
    }
}

/// An argument that needs no name, in the order of declaration: `@Positional("SLUG", "Which clinic.") var
/// slug: Slug`.
@propertyWrapper
public final class Positional<Value: OptionValue>: DeclaredOption {
    let name: String
    let summary: String
    private var value: Value?

    /// An argument that must be given, unless its type has a way to be absent.
    public init(_ name: String, _ summary: String) {
        (self.name, self.summary, value) = (name, summary, Value.absent)
    }

    /// What was given.
    public var wrappedValue: Value {
        guard let value else { preconditionFailure("A command runs only when its arguments have been read.") }
        return value
    }

    var isFilled: Bool { value != nil }
    var isPositional: Bool { true }
    var hint: String { name }
    var choices: [String] { Value.choices }

    func read(_ argument: String) -> Bool {
        guard let read = Value(argument: argument) else { return false }
        value = read
        return true
    }
}

/// What reading, help and completion need to know of an argument.
protocol DeclaredOption: AnyObject {
    var name: String { get }
    var summary: String { get }
    var hint: String { get }
    var choices: [String] { get }
    var isFilled: Bool { get }
    var isPositional: Bool { get }
    func read(_ argument: String) -> Bool
}

extension DeclaredOption {
    var isPositional: Bool { false }
    var isFlag: Bool { !isPositional && hint.isEmpty }
    /// How the argument is written: `--slug SLUG`, `--yes`, `SLUG`.
    var spelling: String { isPositional ? name : isFlag ? "--\(name)" : "--\(name) \(hint)" }
}
