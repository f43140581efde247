import AyurvedaTherapy
import FoundationEssentials
import GeneralPractice
import JSON
import Physiotherapy
import PluginKit
import Shapes
import Testing
import Vocabulary

@testable import Tenancy

@Suite("Configuration")
struct ConfigurationTests {
    static let shelf = VisitTypeShelf([
        AyurvedaTherapyPlugin(), GeneralPracticePlugin(), PhysiotherapyPlugin(),
    ])

    static func file(_ name: String) throws -> JSONObject {
        let folder = URL(filePath: #filePath).appending(path: "../../../TenantConfigs").standardized
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
        return try #require(try JSON(parsing: bytes).objectValue)
    }

    private func resolve(
        _ file: JSONObject, below organisation: ResolvedConfiguration.Stored? = nil
    ) throws -> ResolvedConfiguration {
        try ResolvedConfiguration(
            organisation: organisation, clinic: .init(version: 3, body: file), shelf: Self.shelf,
            zones: ZoneFiles())
    }

    private func complaints(_ file: JSONObject) -> [String] {
        let fault = #expect(throws: ShapeFault.self) { _ = try resolve(file) }
        return (fault?.complaints ?? []).map { "\($0.pointer) \($0.code)" }.sorted()
    }

    @Test(
        "the demo's clinics are well, and each has something that can be booked in its own zone",
        arguments: [
            ("sunrise-family-practice.json", "Asia/Kolkata", "general-practice", 1),
            ("dhara-ayurveda.json", "Asia/Dubai", "ayurveda-therapy", 1),
            ("mobil-physiotherapy.json", "Europe/Bucharest", "physiotherapy", 2),
        ])
    func demo(name: String, zone: String, plugin: String, locations: Int) throws {
        let resolved = try resolve(try Self.file(name))
        #expect(resolved.value.zone == zone && resolved.value.locations.count == locations)
        #expect(Set(resolved.visitTypes.map(\.plugin.text)) == [plugin])
        for place in resolved.value.locations where place.slug.text != "cluj" {
            let tags = Set(place.things.map(\.tag.text))
            let wanted = Set(resolved.visitTypes.flatMap { $0.visitType.needs.compactMap(\.tag) })
            #expect(wanted.isSubset(of: tags), "\(place.slug) has no \(wanted.subtracting(tags))")
        }
    }

    @Test("a location's rules are laid on the clinic's, and each value says whose it is")
    func layers() throws {
        let template: JSONObject = ["currency": "EUR", "booking": ["horizon_days": 30, "lead_minutes": 5]]
        let resolved = try resolve(
            try Self.file("mobil-physiotherapy.json"), below: .init(version: 7, body: template))
        let cluj = try #require(Slug(text: "cluj")), bucharest = try #require(Slug(text: "bucuresti"))
        #expect(try resolved.booking(at: bucharest).leadMinutes == 120)
        #expect(try resolved.booking(at: cluj).leadMinutes == 240)
        #expect(try resolved.booking(at: cluj).bufferAfterMinutes == 5)
        #expect(resolved.source(of: "/booking/lead_minutes", at: cluj) == .location(cluj, version: 3))
        #expect(resolved.source(of: "/booking/lead_minutes", at: bucharest) == .clinic(version: 3))
        #expect(resolved.source(of: "/booking/hold_minutes", at: cluj) == .platform)
        #expect(resolved.source(of: "/currency") == .clinic(version: 3))
        #expect(
            try resolve(["booking": [:]], below: .init(version: 7, body: template)).source(of: "/currency")
                == .organisation(version: 7))
    }

    @Test("a second factor is owed by roles of staff alone: whoever is never asked for one cannot be named")
    func secondFactors() throws {
        let named: JSON = ["tenant.admin", "patient", "platform.support", "org.owner", "kiosk"]
        #expect(
            complaints(["sign_in": ["second_factor_for": named], "colour": "red"]) == [
                "/colour unknown_member", "/sign_in/second_factor_for/1 not_a_staffs",
                "/sign_in/second_factor_for/2 not_a_staffs", "/sign_in/second_factor_for/4 not_a_staffs",
            ])
        let well: JSONObject = ["sign_in": ["second_factor_for": ["tenant.admin", "org.owner"]]]
        #expect(try resolve(well).value.signIn.secondFactorFor == [.admin, .owner])
    }

    @Test("a layer that replaces a list replaces it whole")
    func lists() throws {
        var layers = ConfigurationLayers(platform: ["a": ["x", "y"], "b": ["c": 1, "d": 2]])
        layers.lay(["a": ["z"], "b": ["d": 3]], as: .clinic(version: 1))
        #expect(layers.value == ["a": ["z"], "b": ["c": 1, "d": 3]])
        #expect(layers.source(of: "/a/0") == .clinic(version: 1))
        #expect(layers.source(of: "/b/c") == .platform)
        #expect(layers.source(of: "/nowhere") == nil)
    }

    @Test("everything that is wrong with a file is said at once, with its place")
    func everything() {
        let file: JSONObject = [
            "languages": [], "currency": "rupees", "colour": "red",
            "booking": ["lead_minutes": -1, "slot_step_minutes": "15"],
            "locations": [
                [
                    "slug": "main", "name": "Main",
                    "hours": ["monday": ["09:00-08:00"], "tuesday": ["09:00-12:00", "11:00-13:00"]],
                    "things": [["kind": "cellar", "tag": "consulting", "label": "1"]],
                ]
            ],
        ]
        #expect(
            complaints(file) == [
                "/booking/lead_minutes out_of_range", "/booking/slot_step_minutes wrong_type",
                "/colour unknown_member",
                "/currency wrong_form", "/languages wrong_count", "/locations/0/hours/monday/0 wrong_form",
                "/locations/0/hours/tuesday not_in_order", "/locations/0/things/0/kind not_one_of",
            ])
    }

    @Test("what only the machine and the plugins know is said with its place as well")
    func machine() {
        let file: JSONObject = [
            "zone": "Mars/Olympus",
            "plugins": ["alchemy": [:], "physiotherapy": ["package_visits": 0, "gold": true]],
            "locations": [["slug": "a", "name": "A", "zone": "Europe/Nowhere"]],
        ]
        #expect(
            complaints(file) == [
                "/locations/0/zone unknown_zone", "/plugins/alchemy unknown_plugin",
                "/plugins/physiotherapy/gold unknown_member",
                "/plugins/physiotherapy/package_visits out_of_range",
                "/zone unknown_zone",
            ])
    }

    @Test("a fault of the form hides no zone and no specialty that nobody knows, and is told once")
    func allAtOnce() {
        let file: JSONObject = [
            "zone": "no zone", "currency": "rupees",
            "plugins": ["alchemy": [:], "physiotherapy": []],
            "locations": [["slug": "a", "name": "A", "zone": "Mars/Olympus"], ["slug": "b", "zone": 3]],
        ]
        #expect(
            complaints(file) == [
                "/currency wrong_form", "/locations/0/zone unknown_zone", "/locations/1/name missing",
                "/locations/1/zone wrong_type", "/plugins/alchemy unknown_plugin",
                "/plugins/physiotherapy wrong_type", "/zone wrong_form",
            ])
    }

    @Test("two locations of one slug, and two things of one label, are one too many")
    func twins() {
        let thing: JSON = ["kind": "room", "tag": "gym", "label": "Gym"]
        #expect(
            complaints(["locations": [["slug": "a", "name": "A", "things": [thing, thing]]]])
                == ["/locations/0/things/1/label not_unique"])
        #expect(
            complaints(["locations": [["slug": "a", "name": "A"], ["slug": "a", "name": "B"]]])
                == ["/locations/1/slug not_unique"])
    }

    @Test(
        "hours are two wall clocks of one day",
        arguments: [
            ("09:00-13:30", 540, 810), ("00:00-24:00", 0, 1440), ("23:59-24:00", 1439, 1440),
        ])
    func hours(text: String, from: Int, to: Int) throws {
        let hours = try #require(OpeningHours(wire: text))
        #expect(hours.fromMinute == from && hours.toMinute == to && hours.wire == text)
    }

    @Test(
        "what is no hours is refused",
        arguments: [
            "9:00-13:30", "09:00-09:00", "09:60-10:00", "24:00-24:00", "09:00–13:30", "09:00-24:01",
            "ab:cd-ef:gh",
        ])
    func noHours(text: String) { #expect(OpeningHours(wire: text) == nil) }

    @Test("a plan names the places that change, and locations by their slug")
    func plan() {
        let old: JSON = [
            "a": 1, "b": ["c": 2], "locations": [["slug": "x", "name": "X"], ["slug": "y", "name": "Y"]],
        ]
        let new: JSON = [
            "b": ["c": 3, "d": 4], "locations": [["slug": "y", "name": "Z"], ["slug": "x", "name": "X"]],
        ]
        #expect(
            ConfigurationChange.all(from: old, to: new) == [
                ConfigurationChange(pointer: "/b/c", before: 2, after: 3),
                ConfigurationChange(pointer: "/b/d", before: nil, after: 4),
                ConfigurationChange(pointer: "/locations/y/name", before: "Y", after: "Z"),
                ConfigurationChange(pointer: "/a", before: 1, after: nil),
            ])
        #expect(ConfigurationChange.all(from: old, to: old) == [])
    }

    @Test("the published schema knows every plugin and refuses strangers")
    func schema() throws {
        let schema = Self.shelf.schema
        let plugins = try #require(schema.properties.first { $0.name == "plugins" }?.schema)
        #expect(plugins.properties.map(\.name) == ["ayurveda-therapy", "general-practice", "physiotherapy"])
        #expect(schema["additionalProperties"] == false)
        #expect(schema.properties.contains { $0.name == "$schema" })
    }
}
