import Database
import JSON
import TestKit
import Testing
import Vocabulary

@testable import Access
@testable import Scheduling

@Suite struct AppointmentListTests {
    @Test("a list shows of each appointment exactly what the appointment alone shows")
    func parity() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let booked = [clinic.booking(0, with: 0), clinic.booking(1, with: 1, at: 30)]
            for booking in booked { #expect(try await clinic.book(booking)) }
            let called = try await clinic.database.write { transaction in
                try await Appointment.cancel(
                    booked[0].id, version: 1, reason: #"She said: "मैं ठीक हूँ""#, by: nil, at: clinic.now,
                    in: transaction)
            }
            #expect(called?.stage == .cancelled)
            let page = Appointment.page(clinic.wish, in: clinic.database.tenant)
            let values: [Appointment] = try await clinic.database.rows(page)
            let list = try await clinic.database.list(
                page, of: Appointment.self, atMost: 50, recording: "SELECT 1")
            #expect(values.map(\.id) == booked.map(\.id))
            #expect(String(decoding: list.json, as: UTF8.self) == values.jsonText)
        }
    }
}

extension TestClinic {
    /// Everything that begins on the clinic's first day.
    fileprivate var wish: AppointmentWish {
        AppointmentWish(
            after: .before(nine), until: nine + .seconds(86_400), practitioner: nil, patient: nil,
            reach: PatientReach(locations: .everywhere), limit: 50)
    }
}
