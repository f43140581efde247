import Scheduling
import TestKit
import Vocabulary

extension JourneyHouse.Clinic {
    /// Asks at the desk for an appointment of the first patient's, with whoever can be booked.
    func book(_ start: String) async throws -> WireReply {
        let wish = """
            {"practitioner": "\(cast.practitioner.text)", "patient": "\(cast.patient.text)", \
            "start": "\(start)"}
            """
        return try await desk.send("POST", "/v1/appointments", json: wish)
    }
}
