import Database
import Vocabulary

extension AuditWish {
    /// The events, the latest first: one span of the key, walked backwards.
    func events(in tenant: TenantID) -> SQL {
        """
        SELECT \(SealedEvent.columns) FROM audit_event e
        WHERE e.tenant_id = \(tenant) AND e.id >= \(from) AND e.id < \(before)
            AND (\(caller)::uuid IS NULL OR e.caller_id = \(caller))
            AND (\(act)::text IS NULL OR e.act = \(act))
            AND (\(outcome)::text IS NULL OR e.outcome = \(outcome))
            AND (\(subjectKind)::text IS NULL OR e.subject_kind = \(subjectKind))
            AND (\(subject)::uuid IS NULL OR e.subject_id = \(subject))
        ORDER BY e.id DESC LIMIT \(limit)
        """
    }

    /// Of the same span, those about a patient: the patient's record, their appointments, and lists that
    /// were asked for about them. `text` is the patient's id as such a list names it.
    func events(about patient: UniqueID, named text: String, in tenant: TenantID) -> SQL {
        """
        SELECT \(SealedEvent.columns) FROM audit_event e
        WHERE e.tenant_id = \(tenant) AND e.id >= \(from) AND e.id < \(before)
            AND e.caller_kind <> 'system' AND e.outcome = 'done'
            AND (e.subject_id = \(patient) OR e.detail ->> 'patient' = \(text)
                OR e.subject_kind = 'appointment' AND EXISTS (
                    SELECT FROM appointment a WHERE a.tenant_id = \(tenant) AND a.id = e.subject_id
                        AND a.patient_id = \(patient)))
        ORDER BY e.id DESC LIMIT \(limit)
        """
    }
}
