import Access
import Database
import Records
import Scheduling
import Staffing
import Vocabulary

/// Where the things of each room are, by the prefix of their ids: for whoever asks why somebody may touch
/// one.
var subjectFinders: [String: ExplainingParts.Finder] {
    [
        "apt": { text, clinic in
            guard let id = ID<Appointment>(text: text) else { return .nowhere }
            return try await Appointment.location(of: id, in: clinic).map { .at($0) } ?? .nowhere
        },
        "pat": { text, clinic in
            guard let id = ID<Patient>(text: text) else { return .nowhere }
            return try await Patient.isKnown(id, in: clinic) ? .anywhere : .nowhere
        },
    ]
}

/// Whether a reach extends to what is about patients, by the prefix of its id.
var subjectReachings: [String: ExplainingParts.Reaching] {
    [
        "apt": { text, reach, clinic in
            guard let id = ID<Appointment>(text: text) else { return false }
            return try await clinic.row(Appointment.isReached(id, within: reach, in: clinic.tenant)) ?? false
        },
        "pat": { text, reach, clinic in
            guard let id = ID<Patient>(text: text) else { return false }
            return try await clinic.row(Patient.isReached(id, within: reach, in: clinic.tenant)) ?? false
        },
    ]
}
