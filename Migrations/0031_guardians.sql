-- Who answers for a patient: parents of a child, carers of somebody who cannot do so themselves. Both are patients of the clinic,
-- since that is as whom people sign in.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

CREATE TABLE guardianship (
    tenant_id    int         NOT NULL,
    id           uuid        NOT NULL,
    ward_id      uuid        NOT NULL,
    guardian_id  uuid        NOT NULL,
    relation     text        NOT NULL,
    categories   text[]      NOT NULL,
    since        timestamptz NOT NULL,
    valid_until  timestamptz NOT NULL,
    made_by      uuid        NOT NULL,
    -- Another guardian, or the clinic, does not agree: until that is settled they may look and change nothing.
    contested_at timestamptz,
    contested_by uuid,
    ended_at     timestamptz,
    ended_by     uuid,
    CONSTRAINT guardianship_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT guardianship_ward_exists FOREIGN KEY (tenant_id, ward_id) REFERENCES patient (tenant_id, id),
    CONSTRAINT guardianship_guardian_exists FOREIGN KEY (tenant_id, guardian_id) REFERENCES patient (tenant_id, id),
    CONSTRAINT guardianship_is_between_two CHECK (ward_id <> guardian_id),
    CONSTRAINT guardianship_relation_is_known CHECK (relation ~ '^(parent|grandparent|relative|legal_guardian|carer)$'),
    CONSTRAINT guardianship_is_of_something CHECK (cardinality(categories) BETWEEN 1 AND 10),
    CONSTRAINT guardianship_ends_after_it_begins CHECK (valid_until > since),
    CONSTRAINT guardianship_is_contested_by_somebody CHECK ((contested_at IS NULL) = (contested_by IS NULL)),
    CONSTRAINT guardianship_is_ended_by_somebody CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
-- Whom somebody answers for, and who answers for somebody: each guardian once.
CREATE INDEX guardianship_of_guardian ON guardianship (tenant_id, guardian_id) WHERE ended_at IS NULL;
CREATE INDEX guardianship_of_ward ON guardianship (tenant_id, ward_id) WHERE ended_at IS NULL;
ALTER TABLE guardianship ENABLE ROW LEVEL SECURITY;
ALTER TABLE guardianship FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON guardianship
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, UPDATE (contested_at, contested_by, ended_at, ended_by) ON guardianship TO nadi_app;
GRANT SELECT ON guardianship TO nadi_auditor;

-- Whoever answers for somebody is another caller as soon as they do, or no longer do.
CREATE TRIGGER tell_identity_changed AFTER INSERT OR UPDATE ON guardianship
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('guardian_id');
