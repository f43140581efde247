import Vocabulary

/// The number by which a booking locks something before it looks whether that is free. Two things that share
/// a number by chance only wait for each other.
enum LockKey {
    /// Of one practitioner or patient of one clinic.
    static func resource(_ id: UniqueID, of tenant: TenantID) -> Int64 {
        Int64(bitPattern: mix(id.high ^ spread(tenant), id.low))
    }

    /// Of all things of one tag at one location: a booking that takes any free one has to look at them all.
    static func things(tagged tag: String, at location: UniqueID, of tenant: TenantID) -> Int64 {
        let letters = tag.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return Int64(bitPattern: mix(location.high ^ spread(tenant), location.low ^ letters))
    }

    private static func spread(_ tenant: TenantID) -> UInt64 {
        UInt64(UInt32(bitPattern: tenant.number)) &* 0x9E37_79B9_7F4A_7C15
    }

    /// A finaliser after MurmurHash3's: every bit of both halves reaches every bit of the key.
    private static func mix(_ high: UInt64, _ low: UInt64) -> UInt64 {
        var key = high ^ (low &* 0xFF51_AFD7_ED55_8CCD)
        key = (key ^ key >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return key ^ key >> 33
    }
}
