-- The promise (appointment) and what it takes (reservations). An appointment's row stays for ever; its reservations live
-- only as long as they keep something from being taken by somebody else.

CREATE TABLE appointment (
    tenant_id        int         NOT NULL,
    id               uuid        NOT NULL,
    patient_id       uuid        NOT NULL,
    practitioner_id  uuid        NOT NULL,
    location_id      uuid        NOT NULL,
    -- A plugin's declaration as it was on the day: later versions never reinterpret an old promise.
    plugin           text        NOT NULL,
    plugin_version   int         NOT NULL,
    visit_type       text        NOT NULL,
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL,
    -- What people agreed on. When a government moves its clocks, starts_at is computed anew from these two.
    local_start      timestamp   NOT NULL,
    zone             text        NOT NULL,
    stage            text        NOT NULL DEFAULT 'booked',
    version          int         NOT NULL DEFAULT 1,
    reason           text,
    hold_until       timestamptz,
    rescheduled_from uuid,
    created_at       timestamptz NOT NULL DEFAULT now(),
    created_by       uuid,
    cancelled_at     timestamptz,
    cancelled_by     uuid,
    cancel_reason    text,
    CONSTRAINT appointment_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT appointment_patient_exists FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
    CONSTRAINT appointment_practitioner_exists
        FOREIGN KEY (tenant_id, practitioner_id) REFERENCES practitioner (tenant_id, id),
    CONSTRAINT appointment_location_exists FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
    CONSTRAINT appointment_origin_exists
        FOREIGN KEY (tenant_id, rescheduled_from) REFERENCES appointment (tenant_id, id),
    CONSTRAINT appointment_lasts CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
    CONSTRAINT appointment_stage_is_known CHECK (stage IN (
        'requested', 'declined', 'held', 'expired', 'booked', 'arrived', 'begun', 'finished', 'aborted',
        'left', 'missed', 'cancelled', 'rescheduled', 'entered-in-error')),
    CONSTRAINT appointment_hold_ends CHECK (stage <> 'held' OR hold_until IS NOT NULL),
    CONSTRAINT appointment_cancelled_is_dated CHECK ((stage = 'cancelled') = (cancelled_at IS NOT NULL)),
    CONSTRAINT appointment_version_counts CHECK (version > 0),
    CONSTRAINT appointment_reasons_are_short CHECK (length(reason) <= 500 AND length(cancel_reason) <= 500)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
-- A clinic's list in its order; a practitioner's list filters it. Stage changes touch no index, so they stay on the page.
CREATE INDEX appointment_by_time ON appointment (tenant_id, starts_at, id);
CREATE INDEX appointment_by_patient ON appointment (tenant_id, patient_id, starts_at);
ALTER TABLE appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointment FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON appointment
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- One resource taken for an interval, buffers included. unit counts from 0 to the resource's capacity - 1.
-- Readers ask the primary key by time (a range operator is not leakproof and could use no index under row security),
-- bounded below by the longest possible reservation. tenant_id stands in the exclusion too: without it one clinic's
-- rows could refuse, and so betray themselves to, another's. The exclusion's condition holds for every row; it keeps the
-- planner from reading through the GiST index, which it believes as cheap as the primary key and which walks a
-- resource's whole life (measured: 58 pages against 4).
CREATE TABLE reservation (
    tenant_id      int         NOT NULL,
    resource_id    uuid        NOT NULL,
    unit           smallint    NOT NULL DEFAULT 0,
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    appointment_id uuid        NOT NULL,
    hold_until     timestamptz,
    CONSTRAINT reservation_key PRIMARY KEY (tenant_id, resource_id, starts_at, unit),
    CONSTRAINT reservation_resource_exists FOREIGN KEY (tenant_id, resource_id) REFERENCES resource (tenant_id, id),
    CONSTRAINT reservation_appointment_exists
        FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointment (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT reservation_lasts CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
    CONSTRAINT reservation_unit_counts CHECK (unit BETWEEN 0 AND 499),
    CONSTRAINT resource_is_free EXCLUDE USING gist (
        tenant_id WITH =, resource_id WITH =, unit WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (unit >= 0)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX reservation_of_appointment ON reservation (tenant_id, appointment_id);
ALTER TABLE reservation ENABLE ROW LEVEL SECURITY;
ALTER TABLE reservation FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON reservation
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- An appointment is never deleted and never changes hands, so the app is not able to do either.
GRANT SELECT, INSERT ON appointment TO nadi_app;
GRANT UPDATE (stage, version, hold_until, starts_at, ends_at, local_start, zone, cancelled_at, cancelled_by,
    cancel_reason) ON appointment TO nadi_app;
GRANT SELECT, INSERT, UPDATE (starts_at, ends_at, hold_until), DELETE ON reservation TO nadi_app;

-- The end of a booking whose reservations could not all be made: an error, so that nothing of it stays. The condition is
-- named like a constraint, since that is how refusals are told apart.
CREATE FUNCTION refuse_booking() RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_is_possible',
        MESSAGE = 'the booking is not possible';
END $$;
REVOKE EXECUTE ON FUNCTION refuse_booking() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refuse_booking() TO nadi_app;
