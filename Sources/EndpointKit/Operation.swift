import JSON
import Shapes

/// One operation of the document.
struct Operation {
    let endpoint: EndpointDescription

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("operationId", endpoint.operationID)
            writer.member("tags", [endpoint.tag])
            writer.member("summary", endpoint.summary)
            if !endpoint.details.isEmpty { writer.member("description", endpoint.details) }
            writeParameters(&writer)
            writeBody(&writer)
            writeResponses(&writer)
            writeSecurity(&writer)
            writeExtensions(&writer)
        }
    }

    private func writeParameters(_ writer: inout JSONWriter) {
        let declared = [Place.path, .query, .header].flatMap(endpoint.inputs(in:))
        let implied = impliedHeaders.filter { header in
            !declared.contains { $0.name == header.name.lowercased() }
        }
        guard !declared.isEmpty || !implied.isEmpty else { return }
        writer.key("parameters")
        writer.array { writer in
            for input in declared { write(input, to: &writer) }
            for header in implied { header.write(to: &writer) }
        }
    }

    private func write(_ input: EndpointDescription.Input, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", input.name)
            writer.member("in", input.place.rawValue)
            writer.member("required", input.isRequired)
            if let words = input.schema["description"] { writer.member("description", words) }
            writer.key("schema")
            input.schema.withoutNull.withoutWords.write(to: &writer, refer: OpenAPI.reference)
        }
    }

    private var impliedHeaders: [ImpliedHeader] {
        var headers: [ImpliedHeader] = []
        if endpoint.idempotency != .none {
            headers.append(.idempotencyKey(isRequired: endpoint.idempotency == .demanded))
        }
        if endpoint.precondition == .demanded { headers.append(.ifMatch) }
        if endpoint.answer.isVersioned, endpoint.route.method == .get { headers.append(.ifNoneMatch) }
        if endpoint.audit != .silent { headers.append(.purpose) }
        return headers
    }

    private func writeBody(_ writer: inout JSONWriter) {
        if let raw = endpoint.rawBody { return writeRaw(raw, &writer) }
        let members = endpoint.inputs(in: .body)
        guard !members.isEmpty else { return }
        let schema = Schema.object(members.map { .init($0.name, $0.schema, isRequired: $0.isRequired) })
        writer.key("requestBody")
        writer.object { writer in
            writer.member("required", members.contains(where: \.isRequired))
            writeContent(["application/json"], schema, &writer)
        }
    }

    private func writeRaw(_ raw: RawBody, _ writer: inout JSONWriter) {
        writer.key("requestBody")
        writer.object { writer in
            writer.member("description", raw.help)
            writer.member("required", false)
            writer.key("content")
            writer.object { writer in
                for type in raw.mediaTypes {
                    writer.key(text: type)
                    writer.object { writer in
                        writer.key("schema")
                        // A form and a JSON document are parsed by tools that read this; any will be taken.
                        Schema().write(to: &writer, refer: OpenAPI.reference)
                    }
                }
            }
        }
    }

    private func writeResponses(_ writer: inout JSONWriter) {
        writer.key("responses")
        writer.object { writer in
            writer.key(text: "\(endpoint.answer.status)")
            writeAnswer(&writer)
            if endpoint.answer.isVersioned, endpoint.route.method == .get { writeNotModified(&writer) }
            let problems = Dictionary(grouping: endpoint.problems, by: \.status)
            for (status, codes) in problems.sorted(by: { $0.key < $1.key }) {
                writer.key(text: "\(status)")
                write(codes, status: status, to: &writer)
            }
        }
    }

    private func writeAnswer(_ writer: inout JSONWriter) {
        var headers = limitHeaders
        if endpoint.answer.isVersioned { headers.append(.eTag) }
        if endpoint.answer.isPlaced { headers.append(.location) }
        if endpoint.idempotency != .none { headers.append(.idempotencyReplayed) }
        writer.object { writer in
            writer.member("description", endpoint.summary)
            SharedHeader.refer(to: headers, in: &writer)
            if let schema = endpoint.answer.schema {
                writeContent([endpoint.answer.mediaType], schema, &writer)
            }
        }
    }

    private func writeNotModified(_ writer: inout JSONWriter) {
        writer.key("304")
        writer.object { writer in
            writer.member("description", "Nothing has changed since the revision in `If-None-Match`.")
            SharedHeader.refer(to: limitHeaders + [.eTag], in: &writer)
        }
    }

    private func write(_ codes: [ProblemCode], status: Int, to writer: inout JSONWriter) {
        var headers = limitHeaders
        if status == 429 || status == 503 { headers.append(.retryAfter) }
        if status == 401 { headers.append(.wwwAuthenticate) }
        writer.object { writer in
            writer.member(
                "description", codes.map { "`\($0.rawValue)`: \($0.words.title)." }.joined(separator: " "))
            SharedHeader.refer(to: headers, in: &writer)
            let plain: [StaticString] = codes.contains(where: \.isOAuths) ? ["application/json"] : []
            writeContent(["application/problem+json"] + plain, Problem.schema, &writer)
            writer.member("x-problem-codes", codes.map(\.rawValue))
        }
    }

    private var limitHeaders: [SharedHeader] {
        endpoint.limit == .none ? [.requestID] : [.requestID, .rateLimit, .rateLimitPolicy]
    }

    private func writeContent(_ mediaTypes: [StaticString], _ schema: Schema, _ writer: inout JSONWriter) {
        writer.key("content")
        writer.object { writer in
            for mediaType in mediaTypes {
                writer.key(mediaType)
                writer.object { writer in
                    writer.key("schema")
                    schema.write(to: &writer, refer: OpenAPI.reference)
                }
            }
        }
    }

    private func writeSecurity(_ writer: inout JSONWriter) {
        writer.key("security")
        writer.array { writer in
            guard endpoint.audience != .anyone else { return }
            writer.object { writer in
                writer.key("bearer")
                writer.array { _ in }
            }
        }
    }

    private func writeExtensions(_ writer: inout JSONWriter) {
        writer.member("x-audience", endpoint.audience.rawValue)
        if let permission = endpoint.permission {
            writer.member("x-required-permission", permission)
            writer.member("x-reaches", endpoint.reaches)
            writer.member("x-honoured-limits", endpoint.honoured)
        }
        if endpoint.needsFreshProof { writer.member("x-fresh-proof", true) }
        if let audited = endpoint.audit.words { writer.member("x-audit", audited) }
        writer.member("x-body-limit", endpoint.bodyLimit)
        if let quota = endpoint.limit.quota {
            writer.key("x-rate-limit")
            writer.object { writer in
                writer.member("calls", quota.calls)
                writer.member("seconds", Int(quota.window.components.seconds))
                if case .of(let members) = endpoint.limit { writer.member("class", members.rawValue) }
            }
        }
    }
}

extension Schema {
    /// In paths, queries and headers nothing is sent as nothing: `null` cannot be said.
    var withoutNull: Schema {
        var copy = self
        if let type = self["type"]?.arrayValue?.first { copy["type"] = type }
        if let only = anyOf.first, anyOf.count == 2, anyOf[1] == .typed("null") {
            copy = only
            copy["description"] = self["description"]
        }
        return copy
    }
}
