public import Reception

extension OpenEndpoints {
    /// Who works here, as what, and why they may do what they do. The reception needs `ExplainingParts` and
    /// `InstalledPlugins` among its tools.
    public mutating func openStaffing() {
        open(ListRoles.self)
        open(ReadRole.self)
        open(MakeRole.self)
        open(SaveRoleVersion.self)
        open(RetireRole.self)
        open(PreviewRole.self)
        open(TakeUpTemplate.self)
        open(ListRoleTemplates.self)
        open(ReadRoleTemplate.self)
        open(PublishRoleTemplate.self)
        open(PublishTemplateVersion.self)
        open(RetireRoleTemplate.self)
        open(AdoptRoleTemplate.self)
        open(ListStaff.self)
        open(ReadStaffRoles.self)
        open(GiveRole.self)
        open(TakeRole.self)
        open(SuspendColleague.self)
        open(ResumeColleague.self)
        open(ExplainAccess.self)
        open(AskForRole.self)
        open(ListRoleRequests.self)
        open(ApproveRoleRequest.self)
        open(DeclineRoleRequest.self)
    }
}
