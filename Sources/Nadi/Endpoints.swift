import Identity
import Live
import Operations
import Records
import Reception
import Scheduling
import Webhooks

/// What the server can be asked, room by room; each endpoint says everything else about itself. What goes on
/// for long is told by the hub; without one there is only the document.
func endpoints(toldBy hub: LiveHub?) -> OpenEndpoints {
    var endpoints = OpenEndpoints()
    endpoints.open(AnswerPing.self)
    endpoints.open(WhoAmI.self)
    endpoints.open(ReadSigningKeys.self)
    endpoints.openRecords()
    endpoints.openScheduling()
    endpoints.openLive(hub)
    endpoints.openOperations()
    endpoints.openWebhooks()
    return endpoints
}
