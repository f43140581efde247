import Identity
import Records
import Reception
import Scheduling

/// What the server can be asked, room by room; each endpoint says everything else about itself.
var endpoints: OpenEndpoints {
    var endpoints = OpenEndpoints()
    endpoints.open(AnswerPing.self)
    endpoints.open(WhoAmI.self)
    endpoints.open(ReadSigningKeys.self)
    endpoints.open(ListPractitioners.self)
    endpoints.open(FindPatients.self)
    endpoints.open(ReadPatient.self)
    endpoints.open(FindSlots.self)
    endpoints.open(ListAppointments.self)
    endpoints.open(BookAppointment.self)
    endpoints.open(ReadAppointment.self)
    endpoints.open(CancelAppointment.self)
    return endpoints
}
