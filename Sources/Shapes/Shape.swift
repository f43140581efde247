public import JSON
import Synchronization

/// A group of declared values that is read as a whole: a configuration, a form, a member of a body.
///
/// Reading refuses members that are not declared, fills in defaults, and tells every complaint at once with
/// its pointer. The schema it publishes is what the reading does. A shape does not contain itself.
public protocol Shape: WireValue, Decodable where Content == Self {
    /// Every field at its default, required ones empty.
    init()

    /// Complains of what no single field can know: a minimum above a maximum. Asked only when every field is
    /// well.
    func check(_ complaints: inout Complaints)
}

/// Everything that is wrong with a shape.
public struct ShapeFault: Error, Hashable, Sendable {
    /// At least one.
    public let complaints: [Complaint]

    /// A fault of these complaints.
    public init(complaints: [Complaint]) { self.complaints = complaints }
}

extension Shape {
    /// By default the fields' own rules are all there is.
    public func check(_ complaints: inout Complaints) {}

    /// Reads the whole shape, or says everything that is wrong with it.
    public init(reading json: JSON) throws(ShapeFault) {
        var complaints = Complaints()
        guard let shape = Self.read(.json(json), &complaints), complaints.isEmpty else {
            throw ShapeFault(complaints: complaints.list)
        }
        self = shape
    }

    /// The fields a shape declares, for documents and plans. Found once for each type: every clinic's
    /// configuration is read with them.
    public static var declarations: Declarations {
        let type = ObjectIdentifier(Self.self)
        if let known = knownDeclarations.withLock({ $0[type] }) { return known }
        // Not under the lock: a field may be a shape itself.
        let declarations = Declarations(of: Self())
        knownDeclarations.withLock { $0[type] = declarations }
        return declarations
    }

    /// An object of the declared fields and no others.
    public static var schema: Schema {
        .object(
            declarations.items.map {
                Schema.Property($0.name, $0.declaration.schema, isRequired: $0.declaration.isRequired)
            }, name: schemaName(of: Self.self))
    }

    /// Reads an object.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> Self? {
        fields(input, &complaints)
    }

    /// The reader with its fields looked up.
    public static var prepared: WireReader<Self>? { fields }

    private static var fields: WireReader<Self> {
        let declarations = Self.declarations
        let pointers = declarations.items.map { JSONPointer.step($0.name) }
        return { input, complaints in
            guard case .json(.object(let object)) = input else {
                complaints.add("wrong_type", "must be an object")
                return nil
            }
            let inputs = declarations.sort(object, &complaints)
            let filled = declarations.fill(Self.self, inputs: inputs, pointers: pointers, &complaints)
            filled?.check(&complaints)
            return filled
        }
    }

    /// Writes every field, optional ones without a value as `null`. By reflection: not for the hot path,
    /// which has `Output`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for case (let label?, let field as any WritableField) in Mirror(reflecting: self).children {
            writer.key(text: WireName.snake(String(label.filter { $0 != "`" }.drop { $0 == "_" })))
            field.writeValue(to: &writer)
        }
        writer.endObject()
    }
}

/// What reflection has found out about shapes: true for as long as the program runs, and no longer than the
/// list of its types.
private let knownDeclarations = Mutex<[ObjectIdentifier: Declarations]>([:])

extension Declarations {
    /// The object's members in the order of declaration; a member that is not declared is complained of.
    func sort(_ object: JSONObject, _ complaints: inout Complaints) -> [WireInput?] {
        var inputs = [WireInput?](repeating: nil, count: items.count)
        for member in object.members {
            guard let position = items.firstIndex(where: { $0.name == member.name }) else {
                complaints.add("unknown_member", "is not known here", at: JSONPointer.step(member.name))
                continue
            }
            inputs[position] = .json(member.value)
        }
        return inputs
    }
}
