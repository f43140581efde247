public import Reception

extension OpenEndpoints {
    /// What can be asked of Records.
    public mutating func openRecords() {
        open(RegisterPatient.self)
        open(ReadPatient.self)
        open(FindPatients.self)
        open(ReadCareTeam.self)
        open(AddToCareTeam.self)
        open(RemoveFromCareTeam.self)
        open(ListPractitioners.self)
    }
}
