import JSON
import Shapes

/// The OpenAPI 3.1 document, written from the endpoints' declarations and from nothing else.
public struct OpenAPI: Sendable {
    /// What the document says about the server as a whole.
    public struct Info: Sendable {
        let title: String
        let version: String
        let description: String
        let servers: [String]

        /// `servers` are URLs, the document's own host first.
        public init(title: String, version: String, description: String, servers: [String] = ["/"]) {
            (self.title, self.version) = (title, version)
            (self.description, self.servers) = (description, servers)
        }
    }

    private let info: Info
    private let endpoints: [EndpointDescription]

    /// The document for these endpoints; it is the same whatever order they come in.
    public init(_ info: Info, _ endpoints: [EndpointDescription]) {
        self.info = info
        self.endpoints = endpoints.sorted {
            ($0.route.path, $0.route.method.rawValue) < ($1.route.path, $1.route.method.rawValue)
        }
    }

    /// The document.
    public var document: [UInt8] {
        var writer = JSONWriter(capacity: 1 << 16)
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.member("jsonSchemaDialect", "https://spec.openapis.org/oas/3.1/dialect/base")
            writeInfo(&writer)
            writePaths(&writer)
            writeComponents(&writer)
        }
        return writer.bytes
    }

    private func writeInfo(_ writer: inout JSONWriter) {
        writer.key("info")
        writer.object { writer in
            writer.member("title", info.title)
            writer.member("version", info.version)
            writer.member("description", info.description)
            writer.key("license")
            writer.object { writer in
                writer.member("name", "Apache-2.0")
                writer.member("identifier", "Apache-2.0")
            }
        }
        writer.key("servers")
        writer.array { writer in
            for server in info.servers { writer.object { $0.member("url", server) } }
        }
        writer.key("tags")
        writer.array { writer in
            for tag in Set(endpoints.map(\.tag)).sorted() { writer.object { $0.member("name", tag) } }
        }
    }

    private func writePaths(_ writer: inout JSONWriter) {
        writer.key("paths")
        writer.object { writer in
            var path = ""
            for endpoint in endpoints {
                if endpoint.route.path != path {
                    if !path.isEmpty { writer.endObject() }
                    path = endpoint.route.path
                    writer.key(text: path)
                    writer.beginObject()
                }
                writer.key(text: endpoint.route.method.rawValue.lowercased())
                Operation(endpoint: endpoint).write(to: &writer)
            }
            if !path.isEmpty { writer.endObject() }
        }
    }

    private func writeComponents(_ writer: inout JSONWriter) {
        writer.key("components")
        writer.object { writer in
            writer.key("schemas")
            writer.object { writer in
                for schema in namedSchemas {
                    writer.key(text: schema.name ?? "")
                    schema.writeBody(to: &writer, refer: Self.reference)
                }
            }
            SharedHeader.writeAll(to: &writer)
            writer.key("securitySchemes")
            writer.object { writer in
                writer.key("bearer")
                writer.object { writer in
                    writer.member("type", "http")
                    writer.member("scheme", "bearer")
                    writer.member("bearerFormat", "JWT")
                    writer.member("description", "An access token signed with EdDSA, given for one clinic.")
                }
            }
        }
    }

    private var namedSchemas: [Schema] {
        let parts = (endpoints.flatMap(\.schemas) + [Problem.schema]).flatMap(\.parts)
        var named: [String: Schema] = [:]
        for part in parts { if let name = part.name { named[name] = part.withoutWords } }
        return named.sorted { $0.key < $1.key }.map(\.value)
    }

    static func reference(_ name: String) -> String? { "#/components/schemas/" + name }
}
