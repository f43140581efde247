public import Reception

extension OpenEndpoints {
    /// What auditors, and patients about themselves, can ask of the trail.
    public mutating func openAuditing() {
        open(ListAuditEvents.self)
        open(ReadAccessLog.self)
        open(ListSecurityEvents.self)
        open(ListAuditAnchors.self)
        open(ExportAudit.self) { $0.response }
        open(ListHolds.self)
        open(PlaceHold.self)
        open(LiftHold.self)
    }
}
