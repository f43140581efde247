public import JSON
public import Shapes
public import Vocabulary

/// What went wrong for a caller, as RFC 9457 has it. The status follows from the code, never from a handler.
public struct Problem: Error, Hashable, Sendable {
    /// Which problem.
    public let code: ProblemCode
    /// This occurrence in words; never a value that was sent.
    public let detail: String
    /// What is wrong with which input.
    public var complaints: [Complaint] = []
    /// After how many seconds a repetition makes sense.
    public var retryAfter: Int?
    /// The methods for the `Allow` field of a 405.
    public var allowedMethods: [String] = []
    /// Members of this kind of problem alone: `conflicts`.
    public var members: JSONObject = [:]
    /// What it may be a sign of; no caller is told.
    public internal(set) var suspicion: Suspicion?

    /// A problem with words of its own; without, the code's explanation stands.
    public init(_ code: ProblemCode, _ detail: String? = nil) {
        (self.code, self.detail) = (code, detail ?? code.words.explanation)
    }

    /// The HTTP status.
    public var status: Int { code.status }

    /// The `application/problem+json` body.
    public func body(requestID: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 384)
        writer.object { writer in
            writer.member("type", code.page)
            writer.member("title", code.words.title)
            writer.member("status", status)
            writer.member("detail", detail)
            writer.member("code", code.rawValue)
            writer.member("request_id", requestID)
            if !complaints.isEmpty { writer.member("errors", complaints) }
            if let retryAfter { writer.member("retry_after", retryAfter) }
            for member in members.members {
                writer.key(text: member.name)
                member.value.write(to: &writer)
            }
        }
        return writer.bytes
    }

    /// What `body` looks like.
    public static var schema: Schema {
        var schema = Schema.object(
            [
                .init(
                    "type", .string(["format": "uri-reference"]).described("The problem's page."),
                    isRequired: true),
                .init("title", .string().described("The problem in a few words."), isRequired: true),
                .init(
                    "status", .integer(400...599, format: "int32").described("The HTTP status."),
                    isRequired: true),
                .init("detail", .string().described("This occurrence in words."), isRequired: true),
                .init("code", ProblemCode.schema.described("The problem, for programs."), isRequired: true),
                .init("request_id", .string().described("Names this call in our logs."), isRequired: true),
                .init(
                    "errors", .array(of: Complaint.schema).described("Every input that is wrong."),
                    isRequired: false),
                .init(
                    "retry_after", .integer(0...86_400, format: "int32").described("Seconds to wait."),
                    isRequired: false),
            ], name: "Problem")
        schema["additionalProperties"] = true
        return schema
    }
}

extension Problem {
    /// Inputs are missing, unknown or break rules.
    public static func invalidInput(_ complaints: [Complaint]) -> Problem {
        var problem = Problem(.invalidInput)
        problem.complaints = complaints
        return problem
    }

    /// The body is not JSON, and why.
    public static func malformedJSON(_ fault: JSONFault) -> Problem {
        var problem = Problem(.malformedJSON)
        problem.complaints = [
            Complaint(pointer: fault.pointer, code: fault.code.rawValue, detail: fault.detail)
        ]
        return problem
    }

    /// The path knows only these methods.
    public static func methodNotAllowed(_ allowed: [String]) -> Problem {
        var problem = Problem(.methodNotAllowed)
        problem.allowedMethods = allowed
        return problem
    }

    /// There is nothing here that the caller may know of.
    public static var notFound: Problem { Problem(.notFound) }
    /// The call carries no valid token.
    public static var signInRequired: Problem { Problem(.signInRequired) }
    /// The token was valid once.
    public static var tokenExpired: Problem { Problem(.tokenExpired) }
    /// The token is another clinic's.
    public static var wrongClinic: Problem { Problem(.wrongClinic) }
    /// No role of the caller allows it.
    public static var notAllowed: Problem { Problem(.notAllowed) }

    /// The limit is reached for so many seconds.
    public static func tooManyRequests(retryAfter seconds: Int) -> Problem {
        Problem(.tooManyRequests, after: seconds)
    }

    /// Something needed cannot be reached for about so many seconds.
    public static func unavailable(retryAfter seconds: Int) -> Problem {
        Problem(.unavailable, after: seconds)
    }

    private init(_ code: ProblemCode, after seconds: Int) {
        self.init(code)
        retryAfter = seconds
    }

    private init(_ code: ProblemCode, over conflicts: [JSON]) {
        self.init(code)
        members["conflicts"] = .array(conflicts)
    }

    /// Someone else was faster; what exactly is taken.
    public static func slotTaken(_ conflicts: [JSON]) -> Problem { Problem(.slotTaken, over: conflicts) }

    /// The caller's hold has ended, and someone else has taken the slot since; what exactly is taken.
    public static func holdExpired(_ conflicts: [JSON]) -> Problem { Problem(.holdExpired, over: conflicts) }

    /// The thing is not in a state in which this can be done; the reason is for the caller.
    public static func conflict(_ reason: String) -> Problem { Problem(.conflict, reason) }

    /// A rule of the clinic says no; its words are for people.
    public static func refused(_ refusal: Refusal) -> Problem { Problem(.refused, refusal.reason) }
}
