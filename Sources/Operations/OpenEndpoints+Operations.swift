public import Reception

extension OpenEndpoints {
    /// What those who run a clinic can ask of its machinery.
    public mutating func openOperations() {
        open(ListLanes.self)
        open(ListParkedJobs.self)
        open(RetryParkedJob.self)
        open(DropParkedJob.self)
    }
}
