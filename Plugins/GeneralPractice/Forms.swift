import PluginKit

/// What a nurse measures before the physician sees the patient.
struct VitalSigns: Shape {
    @Field("Systolic blood pressure, mmHg.", .within(40...300)) var systolic: Int?
    @Field("Diastolic blood pressure, mmHg.", .within(20...200)) var diastolic: Int?
    @Field("Pulse, beats a minute.", .within(20...250)) var pulse: Int?
    @Field("Temperature, °C.", .within(30...45)) var temperature: Double?
    @Field("Oxygen saturation, %.", .within(50...100)) var oxygenSaturation: Int?
    @Field("Weight, kg.", .within(0.3...400)) var weight: Double?

    func check(_ complaints: inout Complaints) {
        if let systolic, let diastolic, systolic <= diastolic {
            complaints.add("implausible", "must lie below the systolic pressure", at: "/diastolic")
        }
    }
}

/// A physician's note, in the four parts that physicians expect.
struct VisitNote: Shape {
    @Field("What the patient tells.", .length(0...20_000)) var subjective = ""
    @Field("What was found.", .length(0...20_000)) var objective = ""
    @Field("What it is taken to be.", .length(1...20_000)) var assessment: String
    @Field("What is to be done.", .length(0...20_000)) var plan = ""
}
