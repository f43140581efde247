public import JSON
public import Shapes

extension DomainPlugin {
    /// What patients of a clinic can book that configures the plugin so; throws everything that is wrong
    /// with it, the declaration's own flaws under this configuration included.
    public func visitTypes(reading json: JSON) throws(ShapeFault) -> [VisitType] {
        let configuration = try Configuration(reading: json)
        let flaws = flaws(in: self, configured: configuration)
        guard flaws.isEmpty else {
            throw ShapeFault(complaints: flaws.map { Complaint(pointer: "", code: "unsound", detail: $0) })
        }
        return visitTypes(configuration)
    }

    /// What a clinic may say about the plugin.
    public static var configurationSchema: Schema { Configuration.schema.described(title) }
}
