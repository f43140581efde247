public import JSON

extension Schema: JSONWritable {
    /// Writes the schema in full, its named parts included where they stand.
    public func write(to writer: inout JSONWriter) { write(to: &writer, refer: { _ in nil }) }

    /// Writes the schema; a part whose name `refer` answers with a reference is not written but referred to.
    public func write(to writer: inout JSONWriter, refer: (String) -> String?) {
        guard let name, let reference = refer(name) else { return writeBody(to: &writer, refer: refer) }
        writer.object { writer in
            writer.member("$ref", reference)
            // Beside a reference, 2020-12 allows words about this very use of it.
            if let words = self["description"] { writer.member("description", words) }
        }
    }

    /// Writes the schema itself, with references inside it only: for the place where documents keep named
    /// schemas.
    public func writeBody(to writer: inout JSONWriter, refer: (String) -> String?) {
        writer.object { writer in
            for keyword in keywords.members {
                writer.key(text: keyword.name)
                keyword.value.write(to: &writer)
            }
            writeChildren(to: &writer, refer: refer)
        }
    }

    private func writeChildren(to writer: inout JSONWriter, refer: (String) -> String?) {
        if self["type"] == "object", !properties.isEmpty {
            writer.key("properties")
            writer.object { writer in
                for property in properties {
                    writer.key(text: property.name)
                    property.schema.write(to: &writer, refer: refer)
                }
            }
        }
        let required = properties.filter(\.isRequired).map(\.name)
        if !required.isEmpty { writer.member("required", required) }
        if let element = items.first {
            writer.key("items")
            element.write(to: &writer, refer: refer)
        }
        guard !anyOf.isEmpty else { return }
        writer.key("anyOf")
        writer.array { writer in
            for alternative in anyOf { alternative.write(to: &writer, refer: refer) }
        }
    }

    /// The schema and every schema within it, those within first.
    public var parts: [Schema] {
        (properties.map(\.schema) + items + anyOf).flatMap(\.parts) + [self]
    }
}

extension Schema {
    /// A document of its own, as an editor wants it: `$schema`, a title, and everything in place.
    public func document(title: String, id: String? = nil) -> JSON {
        var document: JSONObject = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
        if let id { document["$id"] = .string(id) }
        document["title"] = .string(title)
        for member in (try? JSON(parsing: jsonText))?.objectValue?.members ?? [] {
            document[member.name] = member.value
        }
        return .object(document)
    }
}
