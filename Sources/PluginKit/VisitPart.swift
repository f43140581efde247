public import Shapes

/// One line inside a visit type.
public protocol VisitPart: Sendable {
    /// Adds the line's meaning to the visit type it stands in.
    func add(to visit: inout VisitType)
}

/// Who and what must be free for the visit to take place.
public struct Needs: VisitPart {
    let needs: [Need]

    /// All of these at once.
    public init(_ needs: Need...) { self.needs = needs }

    /// Adds to what was needed already.
    public func add(to visit: inout VisitType) { visit.needs += needs }
}

/// A form that staff fill in during the visit.
public struct Form<Answers: Shape>: VisitPart {
    /// The form's questions.
    public init(_: Answers.Type) {}

    /// Adds the form behind the others.
    public func add(to visit: inout VisitType) { visit.forms.append(Answers.self) }
}

/// A document that the visit can issue.
public struct Document: VisitPart {
    let name: String

    /// The document of this name.
    public init(_ name: String) { self.name = name }

    /// Adds it to what can be issued.
    public func add(to visit: inout VisitType) { visit.documents.append(name) }
}

/// A message sent ahead of the visit.
public struct Reminder: VisitPart, Hashable {
    /// Which text, by the name of its template.
    public let template: String
    /// How long before the visit.
    public let lead: Duration
    /// By which ways, the first that reaches the patient.
    public let channels: [Channel]

    /// The message of this template, so long before, by these ways.
    public init(_ template: String, before lead: Duration, via channels: Channel...) {
        (self.template, self.lead, self.channels) = (template, lead, channels)
    }

    /// Adds it to what the patient is told.
    public func add(to visit: inout VisitType) { visit.reminders.append(self) }
}

/// A way by which words reach a person.
public enum Channel: String, CaseIterable, Hashable, Sendable {
    case sms
    case email
    case whatsApp = "whatsapp"
}
