public import Roles
public import Shapes
public import Tenancy
public import Vocabulary

/// A role, where, and until when, as somebody asks for it.
public struct RoleToGive: Shape {
    /// Which.
    @Field("The role.") public var role: RoleName
    /// Where.
    @Field("Where it holds; null for the whole clinic.") public var location: ID<Location>?
    /// How long.
    @Field("Until when it holds; null for good.") public var until: Instant?

    /// Still empty.
    public init() {}
}
