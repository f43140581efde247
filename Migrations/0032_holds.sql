-- A hold keeps a slot for whoever fills in a form: until its end it takes what the appointment would take. The constraint
-- `resource_is_free` cannot read the clock, so rows of an ended hold stay in its way until somebody wants what they took, who
-- clears them away under the locks of the booking; readers pass them over.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

CREATE TABLE hold (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    -- A staff member, a patient or a key: nobody else may know of the hold.
    held_by         uuid        NOT NULL,
    patient_id      uuid        NOT NULL,
    practitioner_id uuid        NOT NULL,
    location_id     uuid        NOT NULL,
    visit_type      text        NOT NULL,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    zone            text        NOT NULL,
    -- What it takes. Its reservations are found by their own key with these, so that no booking pays for another index.
    resource_ids    uuid[]      NOT NULL,
    held_at         timestamptz NOT NULL,
    held_until      timestamptz NOT NULL,
    CONSTRAINT hold_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT hold_patient_exists FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
    CONSTRAINT hold_practitioner_exists
        FOREIGN KEY (tenant_id, practitioner_id) REFERENCES practitioner (tenant_id, id),
    CONSTRAINT hold_location_exists FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
    CONSTRAINT hold_lasts CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
    CONSTRAINT hold_is_short CHECK (held_until > held_at AND held_until <= held_at + interval '1 hour'),
    CONSTRAINT hold_takes_something CHECK (cardinality(resource_ids) BETWEEN 1 AND 1000)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
-- What somebody keeps at a time is counted, and what ended long ago is found.
CREATE INDEX hold_of_caller ON hold (tenant_id, held_by, held_until);
CREATE INDEX hold_by_end ON hold (tenant_id, held_until);
ALTER TABLE hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE hold FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON hold
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, DELETE ON hold TO nadi_app;
GRANT SELECT ON hold TO nadi_auditor;

-- A reservation is an appointment's for good or a hold's for a while. There is no key to the hold: every booking would pay for
-- asking it (as for the resource, 0021), and a row whose hold is gone is passed over and cleared away like any that has ended.
ALTER TABLE reservation
    ALTER COLUMN appointment_id DROP NOT NULL,
    ADD COLUMN hold_id uuid,
    ADD CONSTRAINT reservation_is_taken_by_one
        CHECK ((appointment_id IS NULL) = (hold_id IS NOT NULL) AND (hold_id IS NULL) = (hold_until IS NULL));
