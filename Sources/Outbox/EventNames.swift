public import Crypto
public import Vocabulary

/// By what clinics know a place in the order of events: `evt_…`.
///
/// A place is two numbers that all clinics count together: shown as they are, they would tell each of them
/// how much happens at all the others. A name is the place and its clinic in one sealed block: the same at
/// every instance, in no order, and no place at any other clinic.
public struct EventNames: Sendable {
    /// 48 bits for each number, which is enough for nine thousand years at a thousand a second.
    private static let most: UInt64 = 1 << 48 - 1
    private let key: BlockKey

    /// Names that only holders of the secret can make and read.
    public init(under secret: Secret) { key = secret.blockKey(for: "names of events") }

    /// The name of a clinic's place.
    public func name(of position: OutboxPosition, in tenant: TenantID) -> EventName {
        let transaction = Self.bounded(position.transaction), sequence = Self.bounded(position.sequence)
        let name = key.name(
            of: (
                transaction << 16 | sequence >> 32, sequence << 32 | UInt64(UInt32(bitPattern: tenant.number))
            ))
        return EventName(UniqueID(high: name.high, low: name.low))
    }

    /// The place of a name; nil for one that was not given to this clinic.
    public func position(named name: EventName, in tenant: TenantID) -> OutboxPosition? {
        let block = key.block(named: (name.unique.high, name.unique.low))
        guard UInt32(truncatingIfNeeded: block.low) == UInt32(bitPattern: tenant.number) else { return nil }
        let sequence = (block.high & 0xffff) << 32 | block.low >> 32
        return OutboxPosition(
            transaction: Int64(block.high >> 16), sequence: sequence == Self.most ? .max : Int64(sequence))
    }

    private static func bounded(_ number: Int64) -> UInt64 { min(UInt64(max(0, number)), most) }
}

/// The name of a place in the order of events.
public typealias EventName = ID<RecordedEvent>

extension RecordedEvent: Identified {
    /// `evt_…`
    public static let idPrefix: StaticString = "evt"
}
