import Database
import EventLoop
import Scheduling
import Tenancy
import Terminal
import Vocabulary

/// What a person is told when the door opens: where the clinics are, and a line that books an appointment.
struct Welcome {
    let place: Place
    let database: Database

    /// A few clinics are enough to begin with.
    private static let shown = 3

    func say() async throws {
        let terminal = place.terminal
        terminal.say("")
        terminal.say(terminal.paint("Nadi serves at \(place.configuration.url(of: nil))", .strong))
        let registry = ClinicRegistry(database, shelf: VisitTypeShelf(installedPlugins))
        let open = try await registry.list().filter { $0.suspendedAt == nil }
        for entry in open.prefix(Self.shown) {
            terminal.say("  \(entry.name): \(place.configuration.url(of: entry.slug))")
        }
        if open.count > Self.shown { terminal.say("  and \(open.count - Self.shown) more: nadi clinic list") }
        if open.isEmpty {
            terminal.say("  There is no clinic yet: nadi clinic create --help, or nadi serve --demo")
        }
        terminal.say("  Every call is described at \(place.configuration.url(of: nil))/docs")
        terminal.say("")
    }

    /// A line that can be pasted as it stands.
    func sayHowToBook(_ opened: DemoClinics.Opened) async throws {
        guard place.configuration.mode == .development, let start = opened.cast.start else { return }
        let tenant = try await place.clinic(opened.slug, in: database)
        let token = try await place.token(for: opened.cast.receptionist, at: tenant, in: database)
        let url = place.configuration.url(of: opened.slug)
        place.terminal.say("Book an appointment at \(opened.name):")
        place.terminal.say(
            """
            curl -s \(url)/v1/appointments -H 'Authorization: Bearer \(token)' -H 'Content-Type: application/json' \
            -d '{"practitioner":"\(opened.cast.practitioner)","patient":"\(opened.cast.patient)",\
            "location":"\(opened.cast.location)","visit_type":"\(opened.cast.visitType)","start":"\(start)"}'
            """)
    }
}
