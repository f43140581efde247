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
    endpoints.openRecords()
    endpoints.openScheduling()
    return endpoints
}
