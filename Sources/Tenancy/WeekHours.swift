import JSON
public import Shapes

/// When a place is open, day by day.
public struct WeekHours: Shape {
    /// Monday's hours.
    @Field("Monday.", .count(0...6), .inOrder) public var monday: [OpeningHours] = []
    /// Tuesday's hours.
    @Field("Tuesday.", .count(0...6), .inOrder) public var tuesday: [OpeningHours] = []
    /// Wednesday's hours.
    @Field("Wednesday.", .count(0...6), .inOrder) public var wednesday: [OpeningHours] = []
    /// Thursday's hours.
    @Field("Thursday.", .count(0...6), .inOrder) public var thursday: [OpeningHours] = []
    /// Friday's hours.
    @Field("Friday.", .count(0...6), .inOrder) public var friday: [OpeningHours] = []
    /// Saturday's hours.
    @Field("Saturday.", .count(0...6), .inOrder) public var saturday: [OpeningHours] = []
    /// Sunday's hours.
    @Field("Sunday.", .count(0...6), .inOrder) public var sunday: [OpeningHours] = []

    /// Always closed.
    public init() {}

    /// By ISO weekday, 1 for Monday.
    public var byWeekday: [(weekday: Int, hours: OpeningHours)] {
        [monday, tuesday, wednesday, thursday, friday, saturday, sunday].enumerated().flatMap {
            place, hours in
            hours.map { (place + 1, $0) }
        }
    }
}

/// From one minute of the day to another: `09:00-13:30`. A day ends at `24:00`.
public struct OpeningHours: WireText, Hashable {
    /// Counted from local midnight.
    public let fromMinute: Int
    /// Later than the beginning; 1440 at most.
    public let toMinute: Int

    /// Nil unless it begins before it ends, within one day.
    public init?(fromMinute: Int, toMinute: Int) {
        guard 0 <= fromMinute, fromMinute < toMinute, toMinute <= 1440 else { return nil }
        (self.fromMinute, self.toMinute) = (fromMinute, toMinute)
    }

    /// Reads `09:00-13:30`.
    public init?(wire text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 11, bytes[5] == UInt8(ascii: "-"), let from = Self.minute(bytes[0..<5]),
            let to = Self.minute(bytes[6..<11])
        else { return nil }
        self.init(fromMinute: from, toMinute: to)
    }

    /// `09:00-13:30`
    public var wire: String { "\(Self.clock(fromMinute))-\(Self.clock(toMinute))" }

    /// Two wall clock readings.
    public static var schema: Schema {
        .string([
            "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
            "examples": ["09:00-13:30"],
        ])
    }

    /// For the complaint.
    public static var form: String { "hours such as 09:00-13:30, of one day" }

    private static func minute(_ bytes: ArraySlice<UInt8>) -> Int? {
        let digits = bytes.map { Int($0) - 48 }
        guard bytes.dropFirst(2).first == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (0...9).contains(digits[$0]) }), digits[3] < 6
        else { return nil }
        return (digits[0] * 10 + digits[1]) * 60 + digits[3] * 10 + digits[4]
    }

    private static func clock(_ minute: Int) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
}
