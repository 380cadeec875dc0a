drop function if exists apartado._read_requests(jsonb, timestamptz, text);

alter type apartado.reserve_request drop attribute if exists needed_until, drop attribute if exists max_position;

comment on type apartado.reserve_request is 'One of several requests to reserve that came in one call: what was sent, and, where the session is good, whose it is (member_id, session_id), whether the session''s member asked before in the same call (repeats), and which stock row it is about.';
