import Access
import JSON
public import Shapes

/// One place that an administrative change has altered: where, from what, to what.
public struct ToldChange: Output {
    /// The table's column, and the way down from there: `clinic_configuration.body/booking/lead_minutes`.
    let field: String
    /// Of which thing of the kind: the columns that name it.
    let thing: JSON
    let before: JSON
    let after: JSON
    private(set) var isRedacted = false

    /// The answer's members.
    public static let shape = OutputShape<ToldChange> {
        Out("field", "What was changed: where it is kept.", example: "webhook.url") { $0.field }
        Out("of", "Of which thing, by what names it there.") { $0.thing }
        Out("before", "What stood there; null for nothing. A secret is `a secret`.") { $0.before }
        Out("after", "What stands there now. A secret is `changed`.") { $0.after }
        Out("redacted", "Whether the values are left out, because this caller may not see such things.") {
            $0.isRedacted
        }
    }

    /// What a line of the trail tells; nil for what is not told in this form.
    init?(_ told: JSON) {
        guard let members = told.objectValue, let field = told["field"]?.stringValue else { return nil }
        self.field = field
        thing = .object(
            JSONObject(
                members.members.filter { !["field", "before", "after"].contains($0.name) }
                    .map { ($0.name, $0.value) }))
        (before, after) = (told["before"] ?? .null, told["after"] ?? .null)
    }

    /// The same for whoever may see only things of these subjects.
    func shown(to subjects: Set<Subject>) -> ToldChange {
        subjects.contains(subject) ? self : withoutValues
    }

    private init(field: String, thing: JSON) {
        (self.field, self.thing, before, after, isRedacted) = (field, thing, .null, .null, true)
    }

    private var withoutValues: ToldChange { ToldChange(field: field, thing: thing) }

    /// Whose permission it takes to see the thing itself.
    private var subject: Subject {
        let table = field.prefix { $0 != "." }
        return Self.aboutPeople.contains(String(table)) ? .staff : .configuration
    }

    private static let aboutPeople: Set<String> = [
        "staff_member", "staff_role", "role_request", "own_role", "own_role_version", "role_template",
        "role_template_version", "password", "time_code", "passkey",
    ]
}
