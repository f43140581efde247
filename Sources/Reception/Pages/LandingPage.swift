import HTML

/// What stands at `/`: whose address this is and where to read on. It promises nothing that is not there.
enum LandingPage {
    static func clinic(named name: String) -> Markup {
        PageFrame.page(title: name) {
            Tag.header(.class("top")) {
                Tag.h1 { name }
                Tag.p(.class("lead")) {
                    "This address answers programs of the clinic: its site, its desk, its apps."
                }
            }
            Tag.main { links(forClinic: true) }
            footer
        }
    }

    static let platform: Markup = PageFrame.page(title: "Nadi") {
        Tag.header(.class("top")) {
            Tag.h1 { "Nadi" }
            Tag.p(.class("lead")) {
                "A backend for clinics. Each clinic has an address of its own below this one."
            }
        }
        Tag.main { links(forClinic: false) }
        footer
    }

    private static func links(forClinic: Bool) -> Markup {
        Tag.nav(.init("aria-label", "Documents")) {
            Tag.ul {
                Tag.li { Tag.a(.href("/docs")) { "Reference, with every call to try" } }
                Tag.li { Tag.a(.href("/openapi.json")) { "OpenAPI document" } }
                Tag.li { Tag.a(.href("/docs/problems")) { "What can go wrong, and what to do" } }
                if !forClinic { Tag.li { Tag.a(.href("/health/ready")) { "Readiness" } } }
            }
        }
    }

    private static let footer = Tag.footer { "Served by Nadi." }
}
