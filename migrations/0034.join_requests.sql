-- depends: 0033.session_of_the_ledger
-- Requests to join a queue come in one call, too: what they say that requests to reserve do not.

do $$
begin
  if not exists (select from pg_attribute a where a.attrelid = 'apartado.reserve_request'::regclass and a.attname = 'max_position' and not a.attisdropped) then
    alter type apartado.reserve_request add attribute max_position integer, add attribute needed_until timestamptz;
  end if;
end;
$$;

comment on type apartado.reserve_request is 'One of several requests to reserve, or to join a queue, that came in one call: what was sent, and, where the session is good, whose it is (member_id, session_id), whether the session''s member asked before in the same call (repeats), and which stock row it is about.';

-- it takes the default of a third parameter now: the old one would stand beside it
drop function if exists apartado._read_requests(jsonb, timestamptz);
