public import Access
import EndpointKit
import Identity
import Records
import Tenancy
import Vocabulary

/// Watching appointments as they come and go.
public enum FollowAppointments: Act {
    /// Reading appointments.
    public static let permission = Permission(.read, .appointments)
    /// Besides a clinic's and a location's: whose appointment it is, is told by each event.
    public static let reaches: Reach = [.clinic, .assigned, .own]
    /// Of patients in one's care nothing is told but what is one's own, of whichever day.
    public static let honours: Limits = .today
}

/// What a follower may hear now: their topics, and how far their role reaches. Made anew whenever the role
/// may have changed.
struct Following: Sendable {
    let topics: [Topic]
    private let reach: LocationReach
    private let own: ID<Practitioner>?
    /// Who follows.
    private let person: UniqueID?

    init(
        _ topics: [Topic], within reach: LocationReach, own: ID<Practitioner>?, as person: UniqueID? = nil
    ) {
        (self.topics, self.reach, self.own, self.person) = (topics, reach, own, person)
    }

    /// Refuses topics that the permit does not reach.
    init(_ topics: [Topic], _ permit: Permit<FollowAppointments>, own: ID<Practitioner>?) throws(Problem) {
        self.init(topics, within: permit.locations, own: own, as: permit.caller.id)
        for topic in topics where !mayFollow(topic) { throw Problem.notAllowed }
    }

    private func mayFollow(_ topic: Topic) -> Bool {
        switch topic {
        case .own: own != nil
        case .notifications: person != nil
        case .location(let location): reach.contains(location)
        case .appointments: reach != .only([])
        case .practitioner(let practitioner): reach != .only([]) || practitioner == own
        }
    }

    /// Whether one of the topics is this event's, within the role's reach.
    func hears(_ event: LiveEvent) -> Bool {
        if let addressee = event.person { return addressee == person && topics.contains(.notifications) }
        let isOwn = own != nil && event.practitioner == own
        guard isOwn || event.location.map(reach.contains) == true else { return false }
        return topics.contains { topic in
            switch topic {
            case .own: isOwn
            case .notifications: false
            case .appointments: event.location.map(reach.contains) == true
            case .practitioner(let practitioner): event.practitioner == practitioner
            case .location(let location): event.location == location && reach.contains(location)
            }
        }
    }
}
