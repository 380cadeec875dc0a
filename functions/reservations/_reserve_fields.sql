-- _reserve_fields: what a request to reserve asks for, where it came with others in one call.
--
-- Gives   the parameters of reserve, with its defaults for those that were not sent
create or replace function apartado._reserve_fields(
  p_request          jsonb,
  out quantity       integer,
  out ttl            interval,
  out if_unavailable text
)
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  quantity := case when p_request ? 'quantity' then (p_request ->> 'quantity')::integer else 1 end;
  ttl := (p_request ->> 'ttl')::interval;
  if_unavailable := case when p_request ? 'if_unavailable' then p_request ->> 'if_unavailable' else 'fail' end;
end;
$$;

comment on function apartado._reserve_fields(jsonb) is 'What a request to reserve asks for, where it came with others in one call.';
