-- How many jobs of a lane run at once, where an operator has said so; the others run as many as the program says.
CREATE TABLE job_lane (
    lane       text COLLATE "C" NOT NULL,
    at_once    int  NOT NULL,
    per_clinic int  NOT NULL,
    CONSTRAINT job_lane_key PRIMARY KEY (lane),
    CONSTRAINT job_lane_name_is_short CHECK (length(lane) BETWEEN 1 AND 40),
    CONSTRAINT job_lane_leaves_room CHECK (at_once BETWEEN 2 AND 1000 AND per_clinic BETWEEN 1 AND at_once - 1)
);
GRANT SELECT ON job_lane TO nadi_app, nadi_worker;
GRANT SELECT, INSERT, UPDATE (at_once, per_clinic), DELETE ON job_lane TO nadi_platform;
