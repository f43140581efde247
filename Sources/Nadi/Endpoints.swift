import Correspondence
import Auditing
import Credentials
import Federation
import Identity
import Integrations
import Invitations
import Live
import Notices
import Operations
import Records
import Reception
import Scheduling
import SignIn
import Staffing
import Trust
import Webhooks

/// What the server can be asked, room by room; each endpoint says everything else about itself. What goes on
/// for long is told by the hub; without one there is only the document. The inbox is development's.
func endpoints(in mode: Configuration.Mode, toldBy hub: LiveHub?) -> OpenEndpoints {
    var endpoints = OpenEndpoints()
    endpoints.open(AnswerPing.self)
    endpoints.open(WhoAmI.self)
    endpoints.open(ReadSigningKeys.self)
    endpoints.openSignIn()
    endpoints.openCredentials()
    endpoints.openFederation()
    endpoints.openStaffing()
    endpoints.openIntegrations()
    endpoints.openInvitations()
    endpoints.openRecords()
    endpoints.openScheduling()
    endpoints.openTrust()
    endpoints.openLive(hub)
    endpoints.openOperations()
    endpoints.openAuditing()
    endpoints.openWebhooks()
    endpoints.openCorrespondence()
    endpoints.openMessageTemplates()
    if mode == .development { endpoints.openInbox() }
    return endpoints
}
