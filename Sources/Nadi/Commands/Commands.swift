import Terminal

/// Every command, in the order in which a newcomer meets them.
var commands: [any Command<Place>.Type] {
    [
        Serve.self, Migrate.self,
        CreateClinic.self, ListClinics.self, SuspendClinic.self, ResumeClinic.self, DeleteClinic.self,
        AddStaff.self, ListStaff.self, RemoveStaff.self, ShowMatrix.self, MintToken.self, RotateKeys.self,
        AddAgent.self, ListAgents.self, RemoveAgent.self,
        RunWorker.self, ListJobs.self, ListLanes.self, RetryJob.self, DropJob.self, LimitLane.self,
        WeighClinic.self, ProbeJobs.self,
        ShowInbox.self, SetGateway.self, RemoveGateway.self,
        VerifyAudit.self, WriteAudit.self, ForgetAudit.self,
        SeedDemo.self, Examine.self, ShowOpenAPI.self,
        CheckConfiguration.self, ShowSchema.self, PlanConfiguration.self, ApplyConfiguration.self,
        ShowDatabaseURL.self, WriteCompletion.self,
    ]
}
