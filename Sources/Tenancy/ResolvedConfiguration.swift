public import JSON
public import PluginKit
public import Shapes
public import Vocabulary

/// A clinic's configuration with all layers laid, checked to the last plugin, and with a memory of who said
/// what.
public struct ResolvedConfiguration: Sendable {
    /// One layer as it is stored.
    public struct Stored: Sendable {
        /// Counts from 1.
        public let version: Int
        /// The layer's own members.
        public let body: JSONObject

        /// A stored layer.
        public init(version: Int, body: JSONObject) { (self.version, self.body) = (version, body) }
    }

    /// What holds for the clinic.
    public let value: ClinicConfiguration
    /// Who said it.
    public let layers: ConfigurationLayers
    /// What patients can book, of every specialty the clinic has.
    public let visitTypes: [BookableVisitType]
    private let locations: [Slug: ConfigurationLayers]

    /// Lays the layers and reads the result; throws everything that is wrong, with pointers into the
    /// clinic's file.
    public init(
        organisation: Stored? = nil, clinic: Stored, shelf: VisitTypeShelf, zones: ZoneFiles
    ) throws(ShapeFault) {
        var layers = ConfigurationLayers(platform: Self.platform)
        if let organisation {
            layers.lay(organisation.body, as: .organisation(version: organisation.version))
        }
        layers.lay(Self.withoutEditorHints(clinic.body), as: .clinic(version: clinic.version))
        // The form, the specialties and the zones are looked at each on its own: a fault of one hides none of
        // the others'.
        var complaints = Complaints()
        visitTypes = layers.value.visitTypes(on: shelf, &complaints)
        layers.value.checkZones(in: zones, &complaints)
        value = try Self.read(layers.value, complaints)
        self.layers = layers
        locations = Self.locations(clinic, onto: layers)
    }

    /// The rules of booking at a location: the clinic's, with what the location says laid on them.
    public func booking(at location: Slug) throws(ShapeFault) -> AppointmentConfiguration {
        guard let layers = locations[location] else { return value.booking }
        return try AppointmentConfiguration(reading: layers.value["booking"] ?? .object(JSONObject()))
    }

    /// The specialties that the clinic has, as the shelf knows them.
    func plugins(on shelf: VisitTypeShelf) -> [ClinicPlugin] {
        let ids = Set(visitTypes.map(\.plugin))
        return shelf.installed.filter { ids.contains($0.id) }
    }

    /// Who said the value at the pointer, for the clinic or for one of its locations.
    public func source(of pointer: String, at location: Slug? = nil) -> ConfigurationLayer? {
        (location.flatMap { locations[$0] } ?? layers).source(of: pointer)
    }

    /// The defaults as a layer. Members without a value say nothing.
    static let platform: JSONObject = {
        let defaults = (try? JSON(parsing: ClinicConfiguration().jsonText))?.objectValue ?? JSONObject()
        return withoutNulls(defaults)
    }()

    /// The form; what it finds is added to the complaints there are already.
    private static func read(
        _ object: JSONObject, _ known: Complaints
    ) throws(ShapeFault) -> ClinicConfiguration {
        let value: ClinicConfiguration
        do throws(ShapeFault) {
            value = try ClinicConfiguration(reading: .object(object))
        } catch {
            throw ShapeFault(complaints: error.complaints + known.list)
        }
        guard known.isEmpty else { throw ShapeFault(complaints: known.list) }
        return value
    }

    private static func withoutNulls(_ object: JSONObject) -> JSONObject {
        JSONObject(
            object.members.compactMap { member in
                switch member.value {
                case .null: nil
                case .object(let inner): (member.name, .object(withoutNulls(inner)))
                default: (member.name, member.value)
                }
            })
    }

    private static func withoutEditorHints(_ object: JSONObject) -> JSONObject {
        JSONObject(object.members.filter { $0.name != "$schema" }.map { ($0.name, $0.value) })
    }

    private static func locations(
        _ clinic: Stored, onto layers: ConfigurationLayers
    ) -> [Slug: ConfigurationLayers] {
        var locations: [Slug: ConfigurationLayers] = [:]
        for location in clinic.body["locations"]?.arrayValue ?? [] {
            guard let slug = location["slug"]?.stringValue.flatMap(Slug.init(text:)) else { continue }
            var own = layers
            if let booking = location["booking"] {
                own.lay(["booking": booking], as: .location(slug, version: clinic.version))
            }
            locations[slug] = own
        }
        return locations
    }
}

/// A kind of visit, and the plugin that declares it.
public struct BookableVisitType: Sendable {
    /// Whose it is.
    public let plugin: PluginID
    /// The declaration's version, which an appointment keeps.
    public let pluginVersion: Int
    /// What can be booked.
    public let visitType: VisitType
}

extension JSONObject {
    /// What the specialties declare; a specialty that is no object is the form's complaint.
    fileprivate func visitTypes(on shelf: VisitTypeShelf, _ complaints: inout Complaints)
        -> [BookableVisitType]
    {
        let specialties = self["plugins"]?.objectValue?.members ?? []
        return specialties.filter { $0.value.objectValue != nil }.flatMap { member in
            complaints.within("/plugins" + JSONPointer.step(member.name)) { complaints in
                do throws(ShapeFault) {
                    if let made = try shelf.visitTypes(of: member.name, configured: member.value) {
                        return made
                    }
                    complaints.add("unknown_plugin", "is no specialty that is installed here")
                } catch {
                    for complaint in error.complaints {
                        complaints.add(complaint.code, complaint.detail, at: complaint.pointer)
                    }
                }
                return []
            }
        }
    }

    /// Names that could be a zone's, at the clinic and at each location; others are the form's complaint.
    fileprivate func checkZones(in files: ZoneFiles, _ complaints: inout Complaints) {
        let locations = self["locations"]?.arrayValue ?? []
        let places =
            [("/zone", self["zone"])]
            + locations.enumerated().map { ("/locations/\($0)/zone", $1["zone"]) }
        for (pointer, value) in places {
            guard let name = value?.stringValue, ZoneFiles.isName(name) else { continue }
            if (try? files.zone(named: name)) == nil {
                complaints.add("unknown_zone", "is no time zone that this machine knows", at: pointer)
            }
        }
    }
}
