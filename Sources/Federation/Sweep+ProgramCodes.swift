import Database
public import JobQueue

extension Sweep {
    /// Forgets, once a day, codes of earlier days; what programs were given goes with its sign-in.
    public static let oldProgramCodes = Sweep("forget-program-codes") { clinic in
        clinic.queue(ProgramCode.forgetOld(in: clinic.tenant))
    }
}
