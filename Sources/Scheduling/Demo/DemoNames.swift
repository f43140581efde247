/// Plausible names of people in a country, for clinics that are shown and not lived in.
struct DemoNames {
    let given: [String]
    let family: [String]
    /// The country's calling code and how many digits follow it.
    let phone: (code: String, digits: Int)
    let language: String

    /// The names of the country; of the United States where we know none.
    static func of(country: String) -> DemoNames { countries[country] ?? unitedStates }

    private static let countries = ["IN": india, "RO": romania, "AE": emirates, "US": unitedStates]

    private static let india = DemoNames(
        given: list(
            """
            Asha Ravi Meera Arjun Kavya Sanjay Lakshmi Vikram Ananya Rahul Divya Suresh Pooja Manoj Nisha Karthik \
            Sunita Deepak Priya Aditya Rekha Nikhil Shalini Gopal
            """),
        family: list(
            """
            Sharma Iyer Patil Reddy Nair Kulkarni Verma Joshi Menon Gupta Desai Rao Banerjee Pillai Chauhan Bhat \
            Deshpande Mehta Naik Sinha
            """),
        phone: ("+91", 10), language: "hi")

    private static let romania = DemoNames(
        given: list(
            """
            Andrei Ioana Mihai Elena Radu Ana Cristian Maria Vlad Gabriela Alexandru Raluca Ștefan Irina Bogdan \
            Simona Florin Diana Dan Oana Răzvan Monica Tudor Carmen
            """),
        family: list(
            """
            Popescu Ionescu Popa Dumitru Stan Gheorghe Rusu Munteanu Matei Constantin Marin Tudor Dobre Barbu Nistor \
            Florea Preda Sandu Vasilescu Țurcanu
            """),
        phone: ("+40", 9), language: "ro")

    private static let emirates = DemoNames(
        given: list(
            """
            Ahmed Fatima Omar Mariam Khalid Aisha Yousef Noura Hassan Layla Saif Hessa Imran Zainab Faisal Reem Bilal \
            Sana Tariq Huda Rashid Amna Nadia Karim
            """),
        family: list(
            """
            Al-Mansoori Al-Nuaimi Khan Haddad Farouk Al-Suwaidi Rahman Nasser Al-Shamsi Siddiqui Hamdan Al-Ketbi \
            Qureshi Saleh Darwish Mirza Al-Zaabi Malik Aziz Thomas
            """),
        phone: ("+971", 9), language: "en")

    private static let unitedStates = DemoNames(
        given: list(
            """
            Emma James Olivia Robert Sophia Michael Ava William Grace David Hannah Daniel Chloe Joseph Nora Samuel \
            Ruth Henry Alice Thomas Clara Walter Julia Peter
            """),
        family: list(
            """
            Johnson Miller Davis Garcia Wilson Moore Taylor Anderson Martin Lee Thompson White Harris Clark Lewis \
            Walker Young King Wright Hill
            """),
        phone: ("+1", 10), language: "en")

    private static func list(_ words: String) -> [String] { words.split(separator: " ").map(String.init) }
}
