import EndpointKit
import HTML

/// `/docs/problems` and a page for each code: what the `type` of a problem leads to.
enum ProblemPages {
    static var index: Markup {
        PageFrame.page(title: "Problems") {
            Tag.header(.class("top")) {
                Tag.h1 { "Problems" }
                Tag.p(.class("lead")) { "Everything that can go wrong with a call, and what to do about it." }
                back
            }
            Tag.main {
                Tag.dl(.class("codes")) {
                    for code in ProblemCode.allCases.sorted(by: { $0.status < $1.status }) {
                        Tag.dt { Tag.a(.href(code.page)) { "\(code.status) \(code.rawValue)" } }
                        Tag.dd { code.words.title }
                    }
                }
            }
        }
    }

    static func page(of code: ProblemCode) -> Markup {
        PageFrame.page(title: "Problem: \(code.rawValue)") {
            Tag.header(.class("top")) {
                Tag.h1 { code.words.title }
                Tag.p(.class("lead")) { "Status \(code.status), code \(code.rawValue)" }
                back
            }
            Tag.main {
                Tag.h2 { "What happened" }
                Tag.p { Prose(text: code.words.explanation).markup }
                Tag.h2 { "What to do" }
                Tag.p { Prose(text: code.words.remedy).markup }
            }
        }
    }

    private static let back = Tag.nav(.init("aria-label", "Documents")) {
        Tag.ul {
            Tag.li { Tag.a(.href("/docs")) { "Reference" } }
            Tag.li { Tag.a(.href("/docs/problems")) { "All problems" } }
        }
    }
}
