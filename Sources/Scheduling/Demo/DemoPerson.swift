import Vocabulary

/// Somebody who does not exist.
struct DemoPerson {
    let name: String
    let phone: String
    let email: String
    let birthDate: Day

    /// Somebody of the country, told from the clinic's others by their number. The telephone numbers begin
    /// with a digit that no subscriber's has, so that no message ever reaches a stranger.
    init(_ names: DemoNames, number: Int, at domain: String, today: Day, _ dice: inout DemoDice) {
        let (given, family) = (dice.pick(names.given), dice.pick(names.family))
        name = "\(given) \(family)"
        let digits = String(number + 1)
        phone =
            names.phone.code + "1" + String(repeating: "0", count: names.phone.digits - 1 - digits.count)
            + digits
        email = "person\(number + 1)@\(domain)"
        birthDate = today + -dice.number(1_500..<30_000)
    }
}
