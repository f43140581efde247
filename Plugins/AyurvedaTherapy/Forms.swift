import PluginKit

/// A vaidya's judgement of a patient's constitution: shares of the three doshas, of a hundred in all.
struct ConstitutionNote: Shape {
    @Field("Vata, of 100.", .within(0...100)) var vata: Int
    @Field("Pitta, of 100.", .within(0...100)) var pitta: Int
    @Field("Kapha, of 100.", .within(0...100)) var kapha: Int
    @Field("What the vaidya found and advises.", .length(0...20_000)) var note = ""

    func check(_ complaints: inout Complaints) {
        if vata + pitta + kapha != 100 {
            complaints.add("implausible", "must make 100 together with vata and pitta", at: "/kapha")
        }
    }
}

/// What a therapist records of one therapy.
struct TherapyNote: Shape {
    @Field("Oils and other substances used.", .length(0...2_000)) var substances = ""
    @Field("How the patient bore it.", .length(1...2_000)) var tolerance: String
}
