public import Tenancy

/// What is installed here, whichever clinic has it: what a chain publishes is for clinics of every specialty.
public struct InstalledPlugins: Sendable {
    let plugins: [ClinicPlugin]

    /// All of the shelf's.
    public init(_ shelf: VisitTypeShelf) { plugins = shelf.installed }
}
