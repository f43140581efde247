extension String: OptionValue {
    /// Any text but none at all.
    public init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self = argument
    }
    /// `TEXT`.
    public static var hint: String { "TEXT" }
}

extension Int: OptionValue {
    /// Decimal digits, perhaps after a minus.
    public init?(argument: String) { self.init(argument) }
    /// `NUMBER`.
    public static var hint: String { "NUMBER" }
}

extension Optional: OptionValue where Wrapped: OptionValue {
    /// What the wrapped value reads.
    public init?(argument: String) {
        guard let value = Wrapped(argument: argument) else { return nil }
        self = value
    }
    /// The wrapped value's.
    public static var hint: String { Wrapped.hint }
    /// The wrapped value's.
    public static var choices: [String] { Wrapped.choices }
    /// Left out is nil.
    public static var absent: Wrapped?? { .some(nil) }
}

extension OptionValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    /// One of the cases' raw values.
    public init?(argument: String) { self.init(rawValue: argument) }
    /// The cases say more than a hint.
    public static var hint: String { "NAME" }
    /// The cases' raw values.
    public static var choices: [String] { allCases.map(\.rawValue) }
}
