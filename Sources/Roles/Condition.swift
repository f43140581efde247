public import HTTP
public import Shapes
import Tenancy
public import Vocabulary

/// What a role can be made to depend on.
///
/// Every attribute of the specification is declared. Those that nothing here can tell yet are never held to
/// be true: a role under such a condition allows nothing until they are.
public enum ConditionKind: String, CaseIterable, WireValue, Sendable {
    /// The request comes from one of these networks.
    case network
    /// The clock on the clinic's wall shows one of these times: `mon-fri 08:00-18:00`.
    case hours
    /// The clinic has one of these specialties.
    case plugin
    /// The request is made for one of these purposes.
    case purpose
    /// The record is no more sensitive than this.
    case sensitivity
    /// The record is in one of these states.
    case recordState = "record_state"
    /// The device is one that the clinic knows.
    case device
    /// The amount, in minor units, is no larger than this.
    case amount
    /// The patient is so old.
    case patientAge = "patient_age"
    /// The patient has consented to one of these categories.
    case consent
    /// The patient and the practitioner are of one gender.
    case gender
    /// The practitioner's registration is valid.
    case registration
    /// A supervisor signs as well.
    case supervisor
    /// No legal hold is on the record.
    case legalHold = "legal_hold"

    /// Whether it can be judged from what is known of a request.
    public var isKnown: Bool { [.network, .hours, .plugin].contains(self) }
}

/// Something that must be so for a role to hold.
public struct Condition: Shape, Hashable {
    /// What is looked at.
    @Field("What is looked at.") public var kind: ConditionKind
    /// Any of them will do.
    @Field("What it may be; one of them suffices.", .count(0...20), .each(.length(1...100)))
    public var values: [String]

    /// Still empty.
    public init() {}

    /// Whether it holds.
    public enum Verdict: Sendable {
        case holds, fails
        /// The attribute is none that a request has here.
        case unknown
    }

    /// Judges by what is known of a request.
    public func verdict(in circumstances: Circumstances) -> Verdict {
        let holds: Bool
        switch kind {
        case .network: holds = admits(circumstances.address)
        case .hours: holds = values.contains { WeeklyTime($0)?.contains(circumstances.time) == true }
        case .plugin: holds = values.contains(where: circumstances.plugins.contains)
        default: return .unknown
        }
        return holds ? .holds : .fails
    }

    /// A condition that a request comes from one of these networks.
    public init(networks: [String]) {
        self.init()
        (kind, values) = (.network, networks)
    }

    /// Whether a request from there meets it, as far as that is what is looked at.
    public func admits(_ address: IPAddress) -> Bool {
        kind != .network || values.contains { AddressBlock($0)?.contains(address) == true }
    }

    /// Why it can never hold; nil for one that can, or that cannot be judged.
    var flaw: String? {
        let isReadable: (String) -> Bool
        switch kind {
        case .network: isReadable = { AddressBlock($0) != nil }
        case .hours: isReadable = { WeeklyTime($0) != nil }
        default: isReadable = { _ in true }
        }
        guard !kind.isKnown || !values.isEmpty else { return "must name at least one" }
        return values.allSatisfy(isReadable) ? nil : "must be written as \(kind.example)"
    }
}

extension ConditionKind {
    /// How a value of it is written.
    public var example: String {
        switch self {
        case .network: "10.0.0.0/8"
        case .hours: "mon-fri 08:00-18:00"
        case .plugin: "physiotherapy"
        case .purpose: "treatment"
        case .sensitivity: "normal"
        case .recordState: "signed"
        case .amount: "100000"
        case .patientAge: "18-120"
        case .consent: "laboratory"
        case .device, .gender, .registration, .supervisor, .legalHold: "true"
        }
    }
}

/// What is known of a request beside who makes it.
public struct Circumstances: Sendable {
    /// Where it comes from.
    public let address: IPAddress
    /// What the clinic's clock shows.
    public let time: ClinicTime
    /// The clinic's specialties, by id.
    public let plugins: Set<String>

    /// What is known.
    public init(address: IPAddress, time: ClinicTime, plugins: Set<String>) {
        (self.address, self.time, self.plugins) = (address, time, plugins)
    }
}

/// Times of a week: `mon-fri 08:00-18:00`, `sat 09:00-24:00`.
struct WeeklyTime {
    private let days: ClosedRange<Int>
    private let minutes: Range<Int>

    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let days = parts[0].split(separator: "-", omittingEmptySubsequences: false)
            .map { name in Self.names.firstIndex { $0 == name } }
        let minutes = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard (1...2).contains(days.count), minutes.count == 2, let first = days[0],
            let last = days[days.count - 1], first <= last, let from = minutes[0], let to = minutes[1],
            from < to
        else { return nil }
        (self.days, self.minutes) = (first + 1...last + 1, from..<to)
    }

    func contains(_ time: ClinicTime) -> Bool {
        days.contains(time.day.weekday.rawValue) && minutes.contains(time.minute)
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
        else { return nil }
        let whole = hour * 60 + minute
        return whole <= 1440 ? whole : nil
    }
}
