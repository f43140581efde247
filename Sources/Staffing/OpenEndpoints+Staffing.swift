public import Reception

extension OpenEndpoints {
    /// Who works here, as what, and why they may do what they do. The reception needs `ExplainingParts` among
    /// its tools.
    public mutating func openStaffing() {
        open(ListRoles.self)
        open(ReadRole.self)
        open(MakeRole.self)
        open(SaveRoleVersion.self)
        open(RetireRole.self)
        open(PreviewRole.self)
        open(ListStaff.self)
        open(ReadStaffRoles.self)
        open(GiveRole.self)
        open(TakeRole.self)
        open(ExplainAccess.self)
        open(AskForRole.self)
        open(ListRoleRequests.self)
        open(ApproveRoleRequest.self)
        open(DeclineRoleRequest.self)
    }
}
