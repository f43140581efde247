import EndpointKit
import HTML
import JSON
import Shapes

/// `/docs`: every endpoint with its inputs, answers and a call to try. One page without anything to fetch,
/// readable without a script, by keyboard, in the dark and on paper.
struct ReferencePage {
    let title: String
    let version: String
    let endpoints: [EndpointDescription]

    var markup: Markup {
        PageFrame.page(title: "\(title): reference", hasScript: true) {
            Tag.header(.class("top")) {
                Tag.h1 { title }
                Tag.p(.class("lead")) {
                    "Every call of version \(version), as the server itself declares them."
                }
                navigation
            }
            Tag.main {
                introduction
                for tag in tags { group(tag) }
            }
            Tag.footer { "Made from the same declarations as the OpenAPI document." }
        }
    }

    private var tags: [String] { Set(endpoints.map(\.tag)).sorted() }

    private var navigation: Markup {
        Tag.nav(.init("aria-label", "Groups")) {
            Tag.ul {
                for tag in tags { Tag.li { Tag.a(.href("#group-\(tag)")) { tag } } }
                Tag.li { Tag.a(.href("/docs/problems")) { "problems" } }
                Tag.li { Tag.a(.href("/openapi.json")) { "openapi.json" } }
            }
        }
    }

    private var introduction: Markup {
        Tag.section {
            Tag.p {
                "Requests and answers are JSON in UTF-8. Instants are RFC 3339 in UTC. "
                "Ids begin with what they name. "
                "Errors are problem documents (RFC 9457): branch on "
                Tag.code { "code" }
                ", show "
                Tag.code { "detail" }
                ", report "
                Tag.code { "request_id" }
                "."
            }
            Tag.form(.class("token"), .init(flag: "hidden"), .init("data-needs-script", "")) {
                Tag.label(.init("for", "token")) { "Access token for the calls below; it stays in this page" }
                Tag.input(
                    .id("token"), .init("type", "password"), .init("autocomplete", "off"),
                    .init("spellcheck", "false"))
            }
        }
    }

    private func group(_ tag: String) -> Markup {
        Tag.section(.init("aria-labelledby", "group-\(tag)")) {
            Tag.h2(.id("group-\(tag)")) { tag }
            for endpoint in endpoints where endpoint.tag == tag { OperationPart(endpoint: endpoint).markup }
        }
    }
}
