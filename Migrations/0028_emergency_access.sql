-- Records that somebody opened in an emergency, without being in charge of the patient, and what others think of it.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

CREATE TABLE emergency_access (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    staff_member_id uuid        NOT NULL,
    -- The role that allows to open records at all, as it stood then.
    role            text        NOT NULL,
    patient_id      uuid        NOT NULL,
    reason          text        NOT NULL,
    words           text        NOT NULL,
    began_at        timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    ended_at        timestamptz,
    review_due_at   timestamptz NOT NULL,
    verdict         text,
    reviewed_by     uuid,
    reviewed_at     timestamptz,
    review_words    text,
    CONSTRAINT emergency_access_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT emergency_access_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT emergency_access_patient_exists FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
    CONSTRAINT emergency_access_reason_is_known
        CHECK (reason ~ '^(life_threat|urgent_care|cannot_speak|colleague_away|safety)$'),
    CONSTRAINT emergency_access_says_why CHECK (length(words) BETWEEN 15 AND 1000),
    CONSTRAINT emergency_access_is_short CHECK (ends_at > began_at AND ends_at <= began_at + interval '240 minutes'),
    CONSTRAINT emergency_access_verdict_is_known CHECK (verdict ~ '^(justified|unjustified|inconclusive)$'),
    CONSTRAINT emergency_access_is_reviewed_whole CHECK ((verdict IS NULL) = (reviewed_by IS NULL)
        AND (verdict IS NULL) = (reviewed_at IS NULL) AND (verdict IS NULL) = (review_words IS NULL)),
    CONSTRAINT emergency_access_is_reviewed_by_another CHECK (reviewed_by <> staff_member_id),
    CONSTRAINT emergency_access_review_is_short CHECK (length(review_words) BETWEEN 3 AND 1000)
);
-- What somebody has open or owes an explanation for, and what waits for a review.
CREATE INDEX emergency_access_of_staff_member ON emergency_access (tenant_id, staff_member_id, ends_at);
CREATE INDEX emergency_access_unreviewed ON emergency_access (tenant_id, staff_member_id) WHERE verdict IS NULL;
ALTER TABLE emergency_access ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency_access FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON emergency_access
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, UPDATE (ended_at, verdict, reviewed_by, reviewed_at, review_words) ON emergency_access TO nadi_app;
GRANT SELECT ON emergency_access TO nadi_auditor;

-- Whoever opens a record is another caller at once, and again when it is closed.
CREATE TRIGGER tell_identity_changed AFTER INSERT OR UPDATE OF ended_at ON emergency_access
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('staff_member_id');
