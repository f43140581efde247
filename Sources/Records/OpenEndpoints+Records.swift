public import Reception

extension OpenEndpoints {
    /// What can be asked of Records.
    public mutating func openRecords() {
        open(RegisterPatient.self)
        open(ReadPatient.self)
        open(FindPatients.self)
        open(ListPractitioners.self)
    }
}
