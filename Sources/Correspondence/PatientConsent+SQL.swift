import Database
import Records
import Vocabulary

extension PatientConsent {
    /// Whether there is such a patient.
    static func isKnown(_ patient: ID<Patient>, in tenant: TenantID) -> SQL {
        """
        SELECT EXISTS (SELECT FROM patient WHERE tenant_id = \(tenant) AND id = \(patient) AND active)
        """
    }
}
