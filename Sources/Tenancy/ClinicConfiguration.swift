public import Shapes
public import Vocabulary

/// What a clinic says about itself: the file in `TenantConfigs`, as it reads once every layer below it is
/// laid.
public struct ClinicConfiguration: Shape {
    /// Overrides the name under which the clinic was created.
    @Field("What patients call the clinic.", .length(1...200)) public var name: String?
    /// The first one is used where a patient has none of them.
    @Field("Languages the clinic speaks, the most usual first.", .count(1...20)) public var languages = [
        Language
    ].english
    /// Where its law is from.
    @Field("The country, by its ISO 3166 code.", .country) public var country = "IN"
    /// What prices are in.
    @Field("The currency of prices.") public var currency = Currency.usual
    /// For locations that name none.
    @Field("The IANA time zone of locations that name none.", .zone) public var zone = "Asia/Kolkata"
    /// How the clinic is reached.
    @Field("How the clinic is reached.") public var contact = Contact()
    /// How its pages look.
    @Field("How its pages look.") public var branding = Branding()
    /// When visits can be booked.
    @Field("When visits can be booked.") public var booking = AppointmentConfiguration()
    /// What patients are told, when, and how much of it.
    @Field("What patients are told, when, and how much of it.") public var messages = MessageConfiguration()
    /// How people sign in.
    @Field("How people sign in.") public var signIn = SignInConfiguration()
    /// From where it may be called.
    @Field("From where the clinic may be called.") public var access = AccessConfiguration()
    /// How much it may be used.
    @Field("How much of the platform the clinic may use.") public var plan = PlanConfiguration()
    /// How long what is kept.
    @Field("How long what is kept.") public var retention = RetentionConfiguration()
    /// Which specialties it has, and how they are configured.
    @Field("The specialties, each with its own configuration.") public var plugins = PluginConfigurations()
    /// Where it is.
    @Field("The places where patients come.", .count(0...200)) public var locations: [LocationConfiguration] =
        []

    /// The platform's defaults.
    public init() {}

    /// Each location is told from the others by its slug.
    public func check(_ complaints: inout Complaints) {
        for (position, location) in locations.enumerated()
        where locations[..<position].contains(where: { $0.slug == location.slug }) {
            complaints.add("not_unique", "is another location's slug", at: "/locations/\(position)/slug")
        }
    }
}

/// How a clinic or a location is reached.
public struct Contact: Shape {
    /// E.164.
    @Field("Telephone, with the country's code.", .phone) public var phone: String?
    /// Where patients write.
    @Field("E-mail.", .length(3...254)) public var email: String?
    /// The clinic's own pages.
    @Field("Web address.", .length(4...500)) public var website: String?

    /// Nothing yet.
    public init() {}
}

/// How a clinic's pages look.
public struct Branding: Shape {
    /// Of headings and buttons.
    @Field("The main colour.", .colour) public var primaryColour = "#0f766e"
    /// Of what should be noticed.
    @Field("The second colour.", .colour) public var accentColour = "#b45309"

    /// The platform's colours.
    public init() {}
}

/// How people sign in at a clinic.
public struct SignInConfiguration: Shape {
    /// Against codes that are asked for to be paid by the clinic.
    @Field("Countries whose numbers are sent codes, if not only its own.", .count(1...250), .each(.country))
    public var countries: [String]?
    /// Whoever asks.
    @Field("How many codes may be asked for in an hour, in all.", .within(1...1_000_000))
    public var codesPerHour = 2_000
    /// A code or a password alone is one thing that a thief can have.
    @Field("Roles that owe a second factor, as do those made of them; who has one is asked.", .count(0...30))
    public var secondFactorFor: [Role] = []
    /// Beside what asks for one everywhere: roles, secrets, exports, and other people's sign-ins.
    @Field("Permissions that ask for a fresh proof of who one is.", .count(0...80), .each(.permission))
    public var freshProofFor: [String] = []

    /// Whoever is invited to work here.
    @Field("Hours for which the link of an invitation is good.", .within(1...720))
    public var invitationHours = 72

    /// The platform's rules.
    public init() {}

    /// Who is not of the staff is never asked for one: a clinic must not believe that they are.
    public func check(_ complaints: inout Complaints) {
        for (place, role) in secondFactorFor.enumerated() where !role.isStaffs {
            complaints.add(
                "not_a_staffs", "is not a role that staff can hold", at: "/second_factor_for/\(place)")
        }
    }
}

extension Role {
    /// Whether somebody who works at a clinic or its chain can hold it.
    fileprivate var isStaffs: Bool {
        Role.human.contains(self) && ![.patient, .guardian].contains(self) && !rawValue.hasPrefix("platform.")
    }
}

/// When visits can be booked, held and cancelled. A location may say otherwise for itself.
public struct AppointmentConfiguration: Shape, Hashable {
    /// How long before its start.
    @Field("Minutes before its start until which a visit can be booked.", .within(0...43_200)) public
        var leadMinutes = 60
    /// How far ahead.
    @Field("Days ahead, on the location's calendar, for which visits can be booked.", .within(1...730))
    public var horizonDays = 60
    /// How starts are spaced.
    @Field("Minutes between one possible start and the next.", .within(5...240)) public var slotStepMinutes =
        15
    /// Before each visit.
    @Field("Minutes for which the practitioner is kept free before a visit.", .within(0...240))
    public var bufferBeforeMinutes = 0
    /// After each visit.
    @Field("Minutes for which the practitioner is kept free after a visit.", .within(0...240))
    public var bufferAfterMinutes = 0
    /// A hold's life.
    @Field("Minutes for which a slot is kept for somebody who fills in the form.", .within(1...15)) public
        var holdMinutes = 5
    /// Until when a patient may cancel.
    @Field("Hours before its start until which a patient can cancel a visit.", .within(0...168))
    public var cancellationNoticeHours = 24

    /// The platform's rules.
    public init() {}
}

extension [Language] {
    /// What a clinic speaks that has not said.
    static let english = ["en"].compactMap(Language.init(tag:))
}

extension Currency {
    /// What a clinic charges in that has not said: the currency of the platform's first country.
    static let usual: Currency = {
        guard let rupee = Currency(code: "INR") else { preconditionFailure("INR is a currency code.") }
        return rupee
    }()
}
