public import Shapes

/// What a clinic tells its patients by itself, when, and how many messages it sends in a day, by UTC. A
/// gateway's own limit holds beside the clinic's: the smaller one decides.
public struct MessageConfiguration: Shape, Hashable {
    /// Each is a message of its own.
    @Field("Hours before a visit at which its patient is reminded.", .count(0...4), .each(.within(1...720)))
    public var reminderHours = [24, 2]
    /// Text messages.
    @Field("Text messages in a day.", .within(0...1_000_000)) public var smsPerDay: Int?
    /// WhatsApp messages.
    @Field("WhatsApp messages in a day.", .within(0...1_000_000)) public var whatsappPerDay: Int?
    /// Mails.
    @Field("Mails in a day.", .within(0...1_000_000)) public var emailPerDay: Int?

    /// The platform's rules.
    public init() {}

    /// Twice the same hour would be the same message twice.
    public func check(_ complaints: inout Complaints) {
        for (place, hours) in reminderHours.enumerated() where reminderHours[..<place].contains(hours) {
            complaints.add("not_unique", "is there already", at: "/reminder_hours/\(place)")
        }
    }
}
