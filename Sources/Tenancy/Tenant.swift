public import HTTP
public import PluginKit
public import Vocabulary

/// A chain: several clinics with one template.
public enum Organisation: Identified {
    /// `org_…`
    public static let idPrefix: StaticString = "org"
}

/// A clinic as a request needs it: read once, kept until somebody changes it.
///
/// A class, so that a request carries one reference; immutable, so that every loop may.
public final class Tenant: Sendable, Identified {
    /// `cln_…`: to people a tenant is a clinic.
    public static let idPrefix: StaticString = "cln"

    /// The key of its rows, never shown.
    public let id: TenantID
    /// What the outside may see.
    public let publicID: ID<Tenant>
    /// The label of its host.
    public let slug: Slug
    /// What patients call it.
    public let name: String
    /// The chain it belongs to.
    public let organisation: ID<Organisation>?
    /// What it says about itself. Locations and plugins are not repeated here: they stand below, with their
    /// rows.
    public let configuration: ClinicConfiguration
    /// Where patients come, by slug; only those that are open for new visits.
    public let locations: [Location]
    /// What patients can book.
    public let visitTypes: [BookableVisitType]
    /// The specialties that it has.
    public let plugins: [ClinicPlugin]

    private let staffNetworks: [AddressBlock]

    /// A snapshot; rooms that test without a database make their own.
    public init(
        id: TenantID, publicID: ID<Tenant>, slug: Slug, name: String, organisation: ID<Organisation>? = nil,
        configuration: ClinicConfiguration = ClinicConfiguration(), locations: [Location] = [],
        visitTypes: [BookableVisitType] = [], plugins: [ClinicPlugin] = []
    ) {
        (self.id, self.publicID, self.slug, self.name) = (id, publicID, slug, name)
        (self.organisation, self.configuration) = (organisation, configuration)
        (self.locations, self.visitTypes, self.plugins) = (locations, visitTypes, plugins)
        staffNetworks = configuration.access.staffNetworks.compactMap(AddressBlock.init)
    }

    /// Whether the clinic lets its staff call from there.
    public func admitsStaff(from address: IPAddress) -> Bool {
        staffNetworks.isEmpty || staffNetworks.contains { $0.contains(address) }
    }

    /// Whether the clinic says that its staff sits there: many people behind one address.
    public func namesStaff(at address: IPAddress) -> Bool {
        !staffNetworks.isEmpty && staffNetworks.contains { $0.contains(address) }
    }

    /// The location of that id; nil for another clinic's as for none at all.
    public func location(_ id: ID<Location>) -> Location? { locations.first { $0.id == id } }

    /// The kind of visit of that name; of two specialties with the same word, the one configured first.
    public func visitType(named name: String, of plugin: PluginID? = nil) -> BookableVisitType? {
        visitTypes.first { $0.visitType.name == name && (plugin == nil || $0.plugin == plugin) }
    }
}

/// A place where patients come, with everything that time there depends on.
public struct Location: Sendable, Identified {
    /// `loc_…`
    public static let idPrefix: StaticString = "loc"

    /// Which location.
    public let id: ID<Location>
    /// The word that names it in the clinic's file.
    public let slug: Slug
    /// What patients call it.
    public let name: String
    /// Whose clock hangs on its wall.
    public let zone: Zone
    /// The rules of booking that hold here.
    public let booking: AppointmentConfiguration

    /// A place.
    public init(
        id: ID<Location>, slug: Slug, name: String, zone: Zone,
        booking: AppointmentConfiguration = AppointmentConfiguration()
    ) {
        (self.id, self.slug, self.name, self.zone, self.booking) = (id, slug, name, zone, booking)
    }
}
