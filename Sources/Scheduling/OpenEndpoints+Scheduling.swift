public import Reception

extension OpenEndpoints {
    /// What can be asked of Scheduling.
    public mutating func openScheduling() {
        open(FindSlots.self)
        open(HoldSlot.self)
        open(ReadHold.self)
        open(ReleaseHold.self)
        open(ExplainAppointment.self)
        open(BookAppointment.self)
        open(ListAppointments.self)
        open(ReadAppointment.self)
        open(CountAppointments.self)
        open(RescheduleAppointment.self)
        open(CancelAppointment.self)
    }
}
