import EndpointKit
import HTML
import JSON
import Shapes

/// One endpoint on the reference page: closed it is a line, open it says everything.
struct OperationPart {
    let endpoint: EndpointDescription

    var markup: Markup {
        let method = endpoint.route.method.rawValue
        return Tag.details(.class("operation"), .id(endpoint.operationID)) {
            Tag.summary {
                Tag.span(.class("method \(method.lowercased())")) { method }
                Tag.code { endpoint.route.path }
                Tag.span(.class("summary")) { endpoint.summary }
            }
            Tag.div {
                if !endpoint.details.isEmpty { Tag.p { Prose(text: endpoint.details).markup } }
                facts
                inputs
                answer
                problems
                Tag.h3 { "By hand" }
                Tag.pre(.init("tabindex", "0")) { Tag.code { CurlLine(endpoint: endpoint).text } }
                TryForm(endpoint: endpoint).markup
            }
        }
    }

    private var facts: Markup {
        Tag.ul(.class("facts")) {
            Tag.li { access }
            if let (calls, window) = endpoint.limit.quota {
                Tag.li { "At most \(calls) calls in \(window.components.seconds) s" }
            }
            if endpoint.bodyLimit > 0 { Tag.li { "Body up to \(endpoint.bodyLimit) bytes" } }
            if endpoint.idempotency != .none { Tag.li { "Takes an Idempotency-Key" } }
            if endpoint.precondition == .demanded { Tag.li { "Needs If-Match" } }
            if endpoint.audit != .silent { Tag.li { "Leaves an audit event" } }
        }
    }

    private var access: String {
        switch endpoint.audience {
        case .anyone: "Open to anyone"
        case .signedIn: "For whoever has signed in"
        case .permitted: "Needs the permission " + (endpoint.permission ?? "")
        }
    }

    private var inputs: Markup {
        guard !endpoint.inputs.isEmpty else { return Markup() }
        return Tag.div {
            Tag.h3 { "Inputs" }
            table(["Name", "Where", "What", "Form"]) {
                for input in endpoint.inputs {
                    Tag.tr {
                        Tag.td(.class(input.isRequired ? "required" : "")) { Tag.code { input.name } }
                        Tag.td { input.place.rawValue }
                        Tag.td { Prose(text: input.schema["description"]?.stringValue ?? "").markup }
                        Tag.td { SchemaWords(schema: input.schema).text }
                    }
                }
            }
        }
    }

    private var answer: Markup {
        Tag.div {
            Tag.h3 { "Answer: \(endpoint.answer.status)" }
            if let schema = endpoint.answer.schema {
                table(["Member", "What", "Form"]) {
                    for member in SchemaMember.all(of: schema) {
                        Tag.tr {
                            Tag.td { Tag.code { member.path } }
                            Tag.td { Prose(text: member.schema["description"]?.stringValue ?? "").markup }
                            Tag.td { SchemaWords(schema: member.schema).text }
                        }
                    }
                }
            } else {
                Tag.p { "No body." }
            }
        }
    }

    private var problems: Markup {
        Tag.div {
            Tag.h3 { "Problems" }
            Tag.ul(.class("facts")) {
                for code in endpoint.problems {
                    Tag.li { Tag.a(.href(code.page)) { "\(code.status) \(code.rawValue)" } }
                }
            }
        }
    }

    private func table(_ heads: [String], @MarkupBuilder rows: () -> Markup) -> Markup {
        Tag.div(.class("scroll"), .init("tabindex", "0")) {
            Tag.table {
                Tag.thead { Tag.tr { for head in heads { Tag.th(.init("scope", "col")) { head } } } }
                Tag.tbody { rows() }
            }
        }
    }
}

/// A member of an answer by its path: `items[].starts_at`.
struct SchemaMember {
    let path: String
    let schema: Schema

    /// Deeper than this an answer is better read as a document.
    private static let depthMax = 4

    static func all(of schema: Schema, below path: String = "", depth: Int = 0) -> [SchemaMember] {
        guard depth < depthMax else { return [] }
        let own = schema.properties.flatMap { property in
            let name = path.isEmpty ? property.name : "\(path).\(property.name)"
            return [SchemaMember(path: name, schema: property.schema)]
                + all(of: property.schema, below: name, depth: depth + 1)
        }
        let elements = schema.items.flatMap { all(of: $0, below: path + "[]", depth: depth + 1) }
        return own + elements + schema.anyOf.flatMap { all(of: $0, below: path, depth: depth + 1) }
    }
}
