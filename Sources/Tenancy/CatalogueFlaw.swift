/// One way in which the database, as it stands, could let a clinic see another's rows or lose its trail.
public struct CatalogueFlaw: Hashable, Sendable, CustomStringConvertible {
    /// What the database must keep to. The words travel in `nadi doctor --json`; none is renamed.
    public enum Rule: String, CaseIterable, Sendable {
        case tableUnlisted = "table-unlisted"
        case foreignTable = "foreign-table"
        case rowSecurityOff = "row-security-off"
        case rowSecurityNotForced = "row-security-not-forced"
        case tenantNullable = "tenant-nullable"
        case tenantNotInteger = "tenant-not-integer"
        case policyMissing = "policy-missing"
        case policyExtra = "policy-extra"
        case primaryKeyMissing = "primary-key-missing"
        case keyWithoutTenant = "key-without-tenant"
        case foreignKeyWithoutTenant = "foreign-key-without-tenant"
        case constraintNotValidated = "constraint-not-validated"
        case constraintDeferrable = "constraint-deferrable"
        case indexInvalid = "index-invalid"
        case triggerDisabled = "trigger-disabled"
        case viewWithoutInvoker = "view-without-invoker"
        case materializedView = "materialized-view"
        case definerWithoutSearchPath = "definer-without-search-path"
        case definerOpenToApp = "definer-open-to-app"
        case leakproofClaim = "leakproof-claim"
        case partitionGranted = "partition-granted"
        case sequenceGranted = "sequence-granted"
        case grantedToStranger = "granted-to-stranger"
        case grantTooWide = "grant-too-wide"
        case trailCanBeChanged = "trail-can-be-changed"
        case schemaOpen = "schema-open"
        case loginMissing = "login-missing"
        case loginOwns = "login-owns"
        case loginTooPowerful = "login-too-powerful"
        case loginIsAMember = "login-is-a-member"
    }

    /// Which rule is broken.
    public let rule: Rule
    /// By which table, key, function or login.
    public let subject: String

    /// A flaw, as the audit found it.
    public init(_ rule: Rule, _ subject: String) { (self.rule, self.subject) = (rule, subject) }

    /// The subject, and what is wrong with it.
    public var description: String { "\(subject): \(rule.meaning)" }
}

extension CatalogueFlaw.Rule {
    /// What is wrong, for the operator.
    public var meaning: String {
        switch self {
        case .tableUnlisted:
            "has no tenant_id, no chain's organisation_id, and is not on the list of the platform's tables"
        case .foreignTable: "is kept by another server, whose row security we do not know"
        case .rowSecurityOff: "row security is not enabled"
        case .rowSecurityNotForced: "row security does not bind the owner"
        case .tenantNullable: "tenant_id, or a chain's organisation_id, may be null"
        case .tenantNotInteger: "tenant_id is not an int, or a chain's organisation_id no uuid"
        case .policyMissing: "lacks the policy that keeps tenants, or chains, apart, word for word"
        case .policyExtra: "lets more rows through than the tenant's, or the chain's"
        case .primaryKeyMissing: "has no primary key"
        case .keyWithoutTenant:
            "does not begin with tenant_id, or a chain's organisation_id, so one's rows can refuse another's"
        case .foreignKeyWithoutTenant: "may point at another clinic's row, or another chain's"
        case .constraintNotValidated: "was never checked against the rows that were there before it"
        case .constraintDeferrable: "may be checked at the commit, which clinics share, as another clinic's"
        case .indexInvalid: "is not complete"
        case .triggerDisabled: "does not fire"
        case .viewWithoutInvoker: "reads with its owner's rights"
        case .materializedView: "holds rows that no policy guards"
        case .definerWithoutSearchPath: "runs with its owner's rights and its caller's search_path"
        case .definerOpenToApp: "runs with its owner's rights for the app"
        case .leakproofClaim: "claims to be leakproof, and so may run before the policy"
        case .partitionGranted: "can be read past its parent's policy"
        case .sequenceGranted: "can be read or moved by a login"
        case .grantedToStranger: "is open to a role that is none of ours"
        case .grantTooWide: "gives a right that no program needs"
        case .trailCanBeChanged: "lets a login rewrite what happened"
        case .schemaOpen: "lets a login put tables or functions beside ours"
        case .loginMissing: "does not exist"
        case .loginOwns: "is owned by a login, which row security could not bind"
        case .loginTooPowerful: "has an attribute that passes over row security or rights"
        case .loginIsAMember: "can become another role"
        }
    }
}
