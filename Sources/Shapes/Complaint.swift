public import JSON

/// One thing that is wrong with what was sent, said so that a person can mend it.
///
/// A complaint never repeats the value: it may be a patient's.
public struct Complaint: Hashable, Sendable {
    /// RFC 6901 pointer to the value.
    public let pointer: String
    /// What kind of wrong, for programs.
    public let code: String
    /// What is wrong, for people.
    public let detail: String

    /// A complaint of a check of one's own.
    public init(pointer: String, code: String, detail: String) {
        (self.pointer, self.code, self.detail) = (pointer, code, detail)
    }
}

extension Complaint: JSONWritable {
    /// Writes pointer, code and detail.
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("pointer", pointer)
            writer.member("code", code)
            writer.member("detail", detail)
        }
    }
}

extension Complaint: Described {
    /// The three members.
    public static var schema: Schema {
        .object(
            [
                .init("pointer", .string().described("JSON pointer to the value."), isRequired: true),
                .init("code", .string().described("What is wrong, for programs."), isRequired: true),
                .init("detail", .string().described("What is wrong, for people."), isRequired: true),
            ], name: "Complaint")
    }
}

/// Gathers everything that is wrong, because a caller who must mend three things should hear of three things.
public struct Complaints: Sendable {
    /// What was found so far, in order.
    public private(set) var list: [Complaint] = []

    /// No complaints yet.
    public init() {}

    /// True while nothing is wrong.
    public var isEmpty: Bool { list.isEmpty }

    /// Adds one about the value at hand, or about `pointer` below it.
    public mutating func add(_ code: String, _ detail: String, at pointer: String = "") {
        list.append(Complaint(pointer: pointer, code: code, detail: detail))
    }

    /// Adds what others complain of.
    mutating func add(_ others: Complaints) { list += others.list }

    /// Whatever `body` complains of is below `pointer` (`/reason`). Costs nothing when it does not complain.
    public mutating func within<Value>(
        _ pointer: @autoclosure () -> String, _ body: (inout Complaints) -> Value
    ) -> Value {
        let count = list.count
        let value = body(&self)
        if list.count > count { place(from: count, below: pointer()) }
        return value
    }

    /// The complaints from that position on are about something at `pointer`.
    mutating func place(from first: Int, below pointer: String) {
        for position in first..<list.count {
            let below = list[position]
            list[position] = Complaint(
                pointer: pointer + below.pointer, code: below.code, detail: below.detail)
        }
    }
}
