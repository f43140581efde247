-- In whose care a patient is, beside those they are booked with.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

CREATE TABLE care_team (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    patient_id      uuid        NOT NULL,
    staff_member_id uuid        NOT NULL,
    since           timestamptz NOT NULL,
    valid_until     timestamptz,
    added_by        uuid        NOT NULL,
    removed_at      timestamptz,
    removed_by      uuid,
    CONSTRAINT care_team_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT care_team_patient_exists FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
    CONSTRAINT care_team_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT care_team_ends_after_it_begins CHECK (valid_until > since),
    CONSTRAINT care_team_is_removed_by_somebody CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
    -- Whoever could put themselves on a team would reach every record.
    CONSTRAINT care_team_is_said_by_another CHECK (added_by <> staff_member_id)
);
-- Somebody's patients, and a patient's team. What is over stays, and is asked for by nobody in a hurry.
CREATE INDEX care_team_of_staff_member ON care_team (tenant_id, staff_member_id, patient_id) WHERE removed_at IS NULL;
CREATE INDEX care_team_of_patient ON care_team (tenant_id, patient_id) WHERE removed_at IS NULL;
ALTER TABLE care_team ENABLE ROW LEVEL SECURITY;
ALTER TABLE care_team FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON care_team
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, UPDATE (removed_at, removed_by) ON care_team TO nadi_app;
GRANT SELECT ON care_team TO nadi_auditor;

-- Whose patients somebody sees is asked of a practitioner's appointments since a month ago. A stage is no part of it, so that
-- changing one still stays on the page.
CREATE INDEX appointment_by_practitioner ON appointment (tenant_id, practitioner_id, starts_at) INCLUDE (patient_id);
