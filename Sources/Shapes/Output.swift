public import JSON

/// Something an answer consists of, declared once: the same declaration writes it and describes it.
///
///     struct Booked: Output {
///         let id: Appointment.ID
///         let startsAt: Instant
///
///         static let shape = OutputShape<Booked> {
///             Out("id", "The appointment.") { $0.id }
///             Out("starts_at", "When it begins.") { $0.startsAt }
///         }
///     }
///
/// Every member is always written; one without a value is `null`.
public protocol Output: Answerable {
    /// The members, in the order in which they are written. Make it a `static let`.
    static var shape: OutputShape<Self> { get }

    /// Writes an array of outputs. A requirement so that each output has a loop of its own, in which the
    /// compiler knows what it writes; nobody need implement it.
    static func write(_ list: [Self], to writer: inout JSONWriter)
}

extension Output {
    /// An object of the declared members, named for the type.
    public static var schema: Schema { shape.schema(name: schemaName(of: Self.self)) }

    /// Writes the declared members.
    @inlinable
    public func write(to writer: inout JSONWriter) { Self.shape.write(self, to: &writer) }

    /// Writes one after the other.
    @inlinable
    public static func write(_ list: [Self], to writer: inout JSONWriter) {
        let shape = shape
        writer.beginArray()
        for output in list { shape.write(output, to: &writer) }
        writer.endArray()
    }
}

/// The members of an output.
public struct OutputShape<Root>: Sendable {
    let members: [Out<Root>]
    /// The members' writers alone, so that writing touches nothing else.
    @usableFromInline let writers: [Out<Root>.Writer]

    /// The members, in order.
    public init(@OutputBuilder<Root> _ members: () -> [Out<Root>]) {
        self.members = members()
        writers = self.members.map(\.write)
    }

    /// The members that are not written to whoever may see these parts alone: every member that is said to be
    /// of another part. A member of no part is everybody's.
    public func hidden(exceptParts shown: some Collection<String>) -> HiddenMembers {
        var hidden = HiddenMembers()
        for (place, member) in members.enumerated() {
            if let part = member.part, !shown.contains(part) { hidden.insert(place) }
        }
        return hidden
    }

    /// Writes the members, and `null` in place of those that are hidden.
    func write(_ root: Root, hiding hidden: HiddenMembers, to writer: inout JSONWriter) {
        var root = root
        writer.beginObject()
        for (place, member) in members.enumerated() {
            guard hidden.contains(place) else {
                member.write(&root, &writer)
                continue
            }
            writer.key(text: member.name)
            writer.null()
        }
        writer.endObject()
    }

    /// What each member is called and what it is, in order: for whoever can write them without the output. A
    /// member of a part has no type here, for whether it is shown depends on who asks; `withParts` is for
    /// whoever looks to that.
    public func types(withParts: Bool = false) -> [(name: String, type: (any Described.Type)?)] {
        members.map { ($0.name, withParts || $0.part == nil ? $0.type : nil) }
    }

    func schema(name: String) -> Schema {
        .object(members.map { Schema.Property($0.name, $0.schema, isRequired: true) }, name: name)
    }

    @inlinable
    func write(_ root: Root, to writer: inout JSONWriter) {
        var root = root
        writer.beginObject()
        for write in writers { write(&root, &writer) }
        writer.endObject()
    }
}

/// One member of an output: its name, what it means, and where it comes from.
public struct Out<Root>: Sendable {
    /// The output is not changed: passed as `inout` it is passed by its address, where a large one would
    /// otherwise be copied for each of its members.
    @usableFromInline typealias Writer = @Sendable (_ root: inout Root, inout JSONWriter) -> Void

    let name: String
    let type: any Described.Type
    let schema: Schema
    /// What a right must show for this member to be written; nil for a member that is everybody's.
    let part: String?
    let write: Writer

    /// A member whose value `value` takes from the output. An example stands in the documents.
    ///
    /// A member of a `part` is `null` to whoever has only a right to other parts.
    @inlinable
    public init<Value: Described>(
        _ name: String, _ help: String, example: Value? = nil, part: String? = nil,
        _ value: @escaping @Sendable (Root) -> Value
    ) {
        let key = JSONKey(name)
        self.init(
            name: name, type: Value.self, schema: Value.schema.described(help), example: example?.json,
            part: part,
            // Inlined into the output's own module, this knows the value's type and writes it without
            // indirection.
            write: { root, writer in
                writer.key(key)
                value(root).write(to: &writer)
            })
    }

    @usableFromInline
    init(
        name: String, type: any Described.Type, schema: Schema, example: JSON?, part: String?,
        write: @escaping Writer
    ) {
        (self.name, self.type, self.part, self.write) = (name, type, part, write)
        var schema = schema
        if let part { schema["x-part"] = .string(part) }
        if let example { schema["examples"] = .array([example]) }
        self.schema = schema
    }
}

/// Gathers the members between the braces.
@resultBuilder
public enum OutputBuilder<Root> {
    /// A member; this is what tells a closure's `$0` its type.
    public static func buildExpression(_ member: Out<Root>) -> Out<Root> { member }

    /// The members as they stand.
    public static func buildBlock(_ members: Out<Root>...) -> [Out<Root>] { members }
}
