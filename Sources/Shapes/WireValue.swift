public import JSON

/// What a value is read from.
public enum WireInput: Hashable, Sendable {
    /// What a path, a query or a header says.
    case text(String)
    /// What a query says that names a parameter several times.
    case texts([String])
    /// What a body says.
    case json(JSON)

    /// The text, where it is text or a JSON string.
    @inlinable public var text: String? {
        switch self {
        case .text(let text), .json(.string(let text)): text
        case .texts, .json: nil
        }
    }

    /// The texts of a parameter, once or several times.
    public var texts: [String]? {
        switch self {
        case .text(let text): [text]
        case .texts(let texts): texts
        case .json: nil
        }
    }

    /// The elements that a list is read from; nil where this is no list.
    var elements: [WireInput]? {
        if case .json(.array(let items)) = self { return items.map(WireInput.json) }
        return texts.map { $0.map(WireInput.text) }
    }
}

/// Reads a value, or complains and gives nil.
public typealias WireReader<Value> = @Sendable (_ input: WireInput, _ complaints: inout Complaints) -> Value?

/// A type that can stand in a path, a query, a header or a JSON body, and can describe itself.
///
/// Reading and describing are one conformance on purpose: a type that can be read but not documented would be
/// a second bookkeeping.
public protocol WireValue: Described {
    /// What rules judge: the value itself, or what an optional holds.
    associatedtype Content: Sendable = Self

    /// Reads the value, or adds to the complaints and gives nil.
    static func read(_ input: WireInput, _ complaints: inout Complaints) -> Self?

    /// `read`, prepared once: a value made of declared fields looks its fields up here, not at every reading.
    /// Nil where there is nothing to prepare.
    static var prepared: WireReader<Self>? { get }

    /// What stands for a value that was not sent; nil where it must be sent.
    static var absent: Self? { get }

    /// What rules judge; nil where there is nothing to judge.
    var content: Content? { get }
}

extension WireValue {
    /// By default there is nothing to prepare.
    public static var prepared: WireReader<Self>? { nil }

    /// By default a value must be sent.
    public static var absent: Self? { nil }
}

extension WireValue where Content == Self {
    /// By default rules judge the value itself.
    @inlinable public var content: Self? { self }
}

/// A value that is one text everywhere: in paths, in queries and in JSON.
public protocol WireText: WireValue where Content == Self {
    /// Reads exactly the texts that `schema` allows; nil for all others.
    init?(wire text: String)
    /// The text that reads as this value.
    var wire: String { get }
    /// What it must be, to finish the sentence "must be …".
    static var form: String { get }
}

extension WireText {
    /// Reads the text; the complaint says what form was expected.
    @inlinable
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> Self? {
        if let text = input.text, let value = Self(wire: text) { return value }
        complaints.add("wrong_form", "must be \(form)")
        return nil
    }

    /// Writes the text as a JSON string.
    public func write(to writer: inout JSONWriter) { writer.string(wire) }
}

extension Optional: WireValue where Wrapped: WireValue {
    /// Reads `null` as nothing, and everything else as the value must be read.
    @inlinable
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> Wrapped?? {
        read(input, &complaints, by: Wrapped.read)
    }

    /// The wrapped value's reader, and `null`.
    public static var prepared: WireReader<Wrapped?>? {
        guard let wrapped = Wrapped.prepared else { return nil }
        return { input, complaints in read(input, &complaints, by: wrapped) }
    }

    /// Null is nothing. Inlined, so that the value is read without a detour.
    @inlinable @inline(__always)
    static func read(
        _ input: WireInput, _ complaints: inout Complaints,
        by wrapped: (WireInput, inout Complaints) -> Wrapped?
    ) -> Wrapped?? {
        if case .json(.null) = input { return .some(nil) }
        return wrapped(input, &complaints).map(Optional.some)
    }

    /// Nothing sent is nothing.
    public static var absent: Wrapped?? { .some(nil) }
    /// What the wrapped value gives to judge.
    @inlinable public var content: Wrapped.Content? { self?.content }
}

extension Array: WireValue where Element: WireValue {
    /// More than any list that a person fills in; a rule `.count` narrows it.
    public static var countMax: Int { 1_000 }

    /// Reads every element, so that each has its complaint; a repeated query parameter arrives as an array
    /// too.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> [Element]? {
        read(input, &complaints, by: Element.prepared ?? Element.read)
    }

    /// The elements' reader, for each.
    public static var prepared: WireReader<[Element]>? {
        guard let element = Element.prepared else { return nil }
        return { input, complaints in read(input, &complaints, by: element) }
    }

    private static func read(
        _ input: WireInput, _ complaints: inout Complaints,
        by element: (WireInput, inout Complaints) -> Element?
    ) -> [Element]? {
        guard let items = input.elements else {
            complaints.add("wrong_type", "must be an array")
            return nil
        }
        guard items.count <= countMax else {
            complaints.add("wrong_count", "must have at most \(countMax) elements")
            return nil
        }
        let values = items.enumerated().compactMap { position, item in
            complaints.within("/\(position)") { element(item, &$0) }
        }
        return values.count == items.count ? values : nil
    }
}
