-- _read_requests: what requests to reserve, or to join a queue, that came in one call ask for, who asks, and for which stock row.
--
-- Gives   each in its order, with the defaults of reserve or join_queue for what was not sent: p_if_unavailable fail or queue;
--         member_id and session_id are null where the session is not good, stock_id where there is no such item at this location
-- Raises  class 22 a field that is no value of its type, or one that is no object: each has to be asked for by itself
-- Notes   the token is hashed as in apartado._hash, inline, to save a function call for each request
create or replace function apartado._read_requests(p_requests jsonb, p_now timestamptz, p_if_unavailable text default 'fail')
  returns apartado.reserve_request[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set jit = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
begin
  return array(
    select (f.number, f.token, f.language, f.idempotency_key, f.item, f.location,
            -- a missing key takes the default; an explicit null stays null
            coalesce(f.quantity, case when not p_requests -> f.number::integer - 1 ? 'quantity' then 1 end), f.ttl,
            coalesce(f.if_unavailable, case when not p_requests -> f.number::integer - 1 ? 'if_unavailable' then p_if_unavailable end),
            s.member_id, s.session_id, s.last_seen_at,
            s.member_id is not null and row_number() over (partition by s.member_id order by f.number) > 1,
            k.stock_id, f.max_position, f.needed_until)::apartado.reserve_request
      from rows from (jsonb_to_recordset(p_requests) as (
             token text, language text, idempotency_key text, item bigint, location text, quantity integer, ttl interval, if_unavailable text,
             max_position integer, needed_until timestamptz))
           with ordinality f (token, language, idempotency_key, item, location, quantity, ttl, if_unavailable, max_position, needed_until, number)
      left join apartado.sessions s on s.token_hash = sha256(convert_to(f.token, 'UTF8')) and s.ended_at is null and s.expires_at > p_now
      left join (apartado.stock k join apartado.locations l on l.location_id = k.location_id)
             on k.item_id = f.item and l.code = coalesce(f.location, 'main')
     order by f.number);
end;
$$;

comment on function apartado._read_requests(jsonb, timestamptz, text) is 'What requests to reserve, or to join a queue, that came in one call ask for, who asks, and for which stock row.';
