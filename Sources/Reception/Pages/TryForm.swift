import EndpointKit
import HTML
import JSON
import Shapes

/// A call to fill in and send from the page. Shown by the script, since without one it could not be sent.
struct TryForm {
    let endpoint: EndpointDescription

    var markup: Markup {
        Tag.form(
            .class("try"), .init(flag: "hidden"), .init("data-needs-script", ""),
            .init("data-method", endpoint.route.method.rawValue), .init("data-path", endpoint.route.path)
        ) {
            Tag.h3 { "Try it" }
            for input in endpoint.inputs where input.place != .body { field(input) }
            if endpoint.idempotency != .none {
                field("Idempotency-Key", isRequired: endpoint.idempotency == .demanded)
            }
            if endpoint.precondition == .demanded { field("If-Match", isRequired: true) }
            if let body = CurlLine.exampleBody(of: endpoint) {
                Tag.label {
                    "Body"
                    Tag.textarea(
                        .init("name", "body"), .init("data-place", "body"), .init("spellcheck", "false")
                    ) {
                        body
                    }
                }
            }
            Tag.button(.init("type", "submit")) { "Send" }
            Tag.pre(.init("aria-live", "polite")) { Tag.output() }
        }
    }

    private func field(_ input: EndpointDescription.Input) -> Markup {
        let example = SchemaWords.plain(SchemaExample.value(of: input.schema))
        return Tag.label(.class(input.isRequired ? "required" : "")) {
            "\(input.name) (\(input.place.rawValue))"
            Tag.input(
                .init("name", input.name), .init("data-place", input.place.rawValue),
                .init("autocomplete", "off"),
                .init("placeholder", example))
        }
    }

    private func field(_ name: String, isRequired: Bool) -> Markup {
        Tag.label(.class(isRequired ? "required" : "")) {
            "\(name) (header)"
            Tag.input(.init("name", name), .init("data-place", "header"), .init("autocomplete", "off"))
        }
    }
}
