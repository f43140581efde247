import JSON
import Shapes

/// A header field of requests that follows from a declaration without being an input of the handler.
struct ImpliedHeader {
    let name: String
    let isRequired: Bool
    let words: String
    let schema: Schema

    static func idempotencyKey(isRequired: Bool) -> ImpliedHeader {
        ImpliedHeader(
            name: "Idempotency-Key", isRequired: isRequired,
            words:
                "A text of the caller's own making, new for every new wish. "
                + "With the same one, the first answer is given again for 24 hours.",
            schema: .string(["minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"]))
    }

    static let ifMatch = ImpliedHeader(
        name: "If-Match", isRequired: true,
        words: "The `ETag` of the revision on which the change was decided.",
        schema: .string())

    static let ifNoneMatch = ImpliedHeader(
        name: "If-None-Match", isRequired: false,
        words: "The `ETag` of a revision that need not be sent again.",
        schema: .string())

    static let purpose = ImpliedHeader(
        name: Purpose.field, isRequired: false,
        words: "What for this is looked at or changed; the audit trail keeps it.",
        schema: Purpose.schema)

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("in", "header")
            writer.member("required", isRequired)
            writer.member("description", words)
            writer.member("schema", schema)
        }
    }
}
