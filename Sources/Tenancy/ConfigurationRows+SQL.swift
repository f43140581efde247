import Database
import JSON
import Shapes
import Vocabulary

/// A clinic's file as rows: the version itself, its locations, their hours and the things in them.
///
/// What a file no longer names is closed, never deleted: appointments still point at it.
struct ConfigurationRows {
    private let configuration: ClinicConfiguration
    private let file: JSONObject
    private let version: Int32
    private let ids: IDSource
    private let author: String
    private let now: Instant

    init(
        _ configuration: ClinicConfiguration, file: JSONObject, version: Int, ids: IDSource,
        by author: String, at now: Instant
    ) {
        (self.configuration, self.file, self.version) = (configuration, file, Int32(version))
        (self.ids, self.author, self.now) = (ids, author, now)
    }

    /// Queues everything; the transaction's commit carries it, and its errors.
    func queue(in clinic: borrowing Transaction) {
        let tenant = clinic.tenant
        clinic.queue(
            """
            INSERT INTO clinic_configuration (tenant_id, version, body, applied_at, applied_by)
            VALUES (\(tenant), \(version), \(JSONText(file)), \(now), \(author))
            """)
        clinic.queue(locations(of: tenant))
        clinic.queue(closing(of: tenant))
        clinic.queue("DELETE FROM location_hours WHERE tenant_id = \(tenant)")
        clinic.queue(hours(of: tenant))
        clinic.queue(
            "UPDATE resource SET active = false WHERE tenant_id = \(tenant) AND location_id IS NOT NULL")
        clinic.queue(things(of: tenant))
        OperatorLine(
            "configuration.apply", by: author, detail: [("version", .integer(Int64(version)))], at: now
        ).queue(in: clinic)
    }

    private func locations(of tenant: TenantID) -> SQL {
        let places = configuration.locations
        return """
            INSERT INTO location (tenant_id, id, slug, name, zone, address, phone, created_at)
            SELECT \(tenant), place.*, \(now) FROM unnest(
                \(places.map { ids.id(of: $0.slug.text, at: now) }), \(slugs), \(places.map(\.name)),
                \(places.map { $0.zone ?? configuration.zone }), \(places.map { JSONText($0.address) }),
                \(places.map(\.phone))) place
            ON CONFLICT (tenant_id, slug) DO UPDATE SET name = excluded.name, zone = excluded.zone,
                address = excluded.address, phone = excluded.phone, active = true
            """
    }

    private func closing(of tenant: TenantID) -> SQL {
        "UPDATE location SET active = false WHERE tenant_id = \(tenant) AND active AND slug <> ALL (\(slugs))"
    }

    private func hours(of tenant: TenantID) -> SQL {
        let lines = configuration.locations.flatMap { place in
            place.hours.byWeekday.map { (slug: place.slug.text, weekday: $0.weekday, hours: $0.hours) }
        }
        return """
            INSERT INTO location_hours (tenant_id, location_id, weekday, from_minute, to_minute)
            SELECT l.tenant_id, l.id, line.weekday, line.from_minute, line.to_minute
            FROM unnest(\(lines.map(\.slug)), \(lines.map { Int16($0.weekday) }),
                \(lines.map { Int16($0.hours.fromMinute) }), \(lines.map { Int16($0.hours.toMinute) }))
                line (slug, weekday, from_minute, to_minute)
            JOIN location l ON l.tenant_id = \(tenant) AND l.slug = line.slug
            """
    }

    private func things(of tenant: TenantID) -> SQL {
        let things = configuration.locations.flatMap { place in
            place.things.map { (slug: place.slug.text, thing: $0) }
        }
        let thingIDs = things.map { slug, thing in
            ids.id(of: "\(slug) \(thing.kind.rawValue) \(thing.tag.text) \(thing.label)", at: now)
        }
        return """
            INSERT INTO resource (tenant_id, id, kind, location_id, tag, label, capacity)
            SELECT l.tenant_id, line.id, line.kind, l.id, line.tag, line.label, line.capacity
            FROM unnest(\(thingIDs), \(things.map(\.slug)),
                \(things.map(\.thing.kind.rawValue)), \(things.map(\.thing.tag.text)),
                    \(things.map(\.thing.label)),
                \(things.map { Int16($0.thing.capacity) })) line (id, slug, kind, tag, label, capacity)
            JOIN location l ON l.tenant_id = \(tenant) AND l.slug = line.slug
            ON CONFLICT (tenant_id, location_id, kind, tag, label) WHERE location_id IS NOT NULL
            DO UPDATE SET capacity = excluded.capacity, active = true
            """
    }

    private var slugs: [String] { configuration.locations.map(\.slug.text) }
}

extension JSONText {
    /// What a value writes.
    init(_ value: some JSONWritable) { self.init(Array(value.jsonText.utf8)) }
}
