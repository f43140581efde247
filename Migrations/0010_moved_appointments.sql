-- An appointment that was moved is replaced by another one, and each names the other.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: no clinic's rows need to
-- be looked at, since the column is new.
SELECT set_config('app.tenant_id', '0', true);

ALTER TABLE appointment
    ADD COLUMN rescheduled_to uuid,
    ADD CONSTRAINT appointment_successor_exists
        FOREIGN KEY (tenant_id, rescheduled_to) REFERENCES appointment (tenant_id, id),
    ADD CONSTRAINT appointment_moved_has_a_successor CHECK ((stage = 'rescheduled') = (rescheduled_to IS NOT NULL));
GRANT UPDATE (rescheduled_to) ON appointment TO nadi_app;
