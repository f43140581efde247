import JSON
import Shapes

/// How an endpoint's inputs are found in a request: worked out once, when the program starts.
struct InputPlan: Sendable {
    /// One declared input and its place.
    struct Input: Sendable {
        let name: String
        let place: Place
        let isList: Bool
        let isCursor: Bool
        let declaration: any AnyDeclaration
    }

    let inputs: [Input]
    let declarations: Declarations
    private let pointers: [String]
    /// The positions of those in path and header, which are looked up by their names; the others come by
    /// themselves.
    private let lookedUp: [Int]
    private let takesBody: Bool
    private let rawBody: RawBody?
    private let passesOverQuery: Bool

    init(_ endpoint: some Endpoint, route: Route, rawBody: RawBody?, passesOverQuery: Bool) {
        let declarations = Declarations(of: endpoint)
        self.declarations = declarations
        inputs = declarations.items.compactMap { item in
            guard let placed = item.wrapper as? any PlacedInput else { return nil }
            let name = placed.place == .header ? WireName.kebab(item.property) : item.name
            return Input(
                name: name, place: placed.place, isList: placed.isList, isCursor: placed.isCursor,
                declaration: item.declaration)
        }
        pointers = inputs.map { $0.place.pointer(to: $0.name) }
        lookedUp = inputs.enumerated().filter { $1.place == .path || $1.place == .header }.map(\.offset)
        takesBody = route.method != .get && route.method != .delete
        (self.rawBody, self.passesOverQuery) = (rawBody, passesOverQuery)
    }

    /// Fills the endpoint's inputs, or says everything that is wrong with them.
    func read<Asked: Endpoint>(_ type: Asked.Type, _ parts: borrowing some RequestParts) throws(Problem)
        -> Asked
    {
        var complaints = Complaints()
        var found = [WireInput?](repeating: nil, count: inputs.count)
        for position in lookedUp {
            let name = inputs[position].name
            let text = inputs[position].place == .path ? parts.pathValue(name) : parts.header(name)
            found[position] = text.map(WireInput.text)
        }
        readQuery(parts, into: &found, &complaints)
        if takesBody { try readBody(parts, into: &found, &complaints) }
        if inputs.isEmpty, complaints.isEmpty { return Asked() }
        let filled = declarations.fill(type, inputs: found, pointers: pointers, &complaints)
        guard let filled, complaints.isEmpty else { throw .invalidInput(complaints.list) }
        return filled
    }

    private func readQuery(
        _ parts: borrowing some RequestParts, into found: inout [WireInput?], _ complaints: inout Complaints
    ) {
        for (name, value) in parts.queryItems {
            guard let position = position(of: name, in: .query) else {
                if passesOverQuery { continue }
                complaints.add(
                    "unknown_parameter", "is not known here", at: "/query" + JSONPointer.step(name))
                continue
            }
            let input = inputs[position]
            if input.isList {
                found[position] = .texts((found[position]?.texts ?? []) + [value])
            } else if found[position] != nil {
                complaints.add("repeated", "must be sent once", at: pointers[position])
            } else {
                // A seal that does not open leaves no position, and an empty one has no form.
                found[position] = .text(input.isCursor ? parts.openCursor(value) ?? "" : value)
            }
        }
    }

    private func readBody(
        _ parts: borrowing some RequestParts, into found: inout [WireInput?], _ complaints: inout Complaints
    ) throws(Problem) {
        guard !parts.body.isEmpty else { return }
        if let rawBody {
            guard rawBody.takes(parts.header("content-type")) else { throw Problem(.unsupportedMediaType) }
            return
        }
        guard MediaType.isJSON(parts.header("content-type")) else { throw Problem(.unsupportedMediaType) }
        guard case .object(let object) = try Self.parse(parts.body) else {
            complaints.add("wrong_type", "must be an object")
            return
        }
        for member in object.members {
            if let position = position(of: member.name, in: .body) {
                found[position] = .json(member.value)
            } else {
                complaints.add("unknown_member", "is not known here", at: JSONPointer.step(member.name))
            }
        }
    }

    private static func parse(_ body: [UInt8]) throws(Problem) -> JSON {
        do { return try JSON(parsing: body, limits: JSONLimits(bytes: body.count)) } catch {
            throw .malformedJSON(error)
        }
    }

    private func position(of name: String, in place: Place) -> Int? {
        inputs.firstIndex { $0.place == place && $0.name == name }
    }
}

/// What the `Content-Type` of a body says.
enum MediaType {
    /// `application/json` in any case, with no charset but UTF-8.
    static func isJSON(_ field: String?) -> Bool {
        guard let field else { return false }
        if field == "application/json" { return true }
        let parts = field.lowercased().split(separator: ";", omittingEmptySubsequences: false).map { part in
            part.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
        }
        return parts[0] == "application/json" && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" }
    }
}
