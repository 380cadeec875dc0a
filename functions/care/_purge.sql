-- _purge: drops what is older than a time and nobody needs any more.
--
-- Gives   how many events, sessions and remembered answers went; remaining: whether there may be more
-- Locks   the events by id; remembered answers, codes, sessions and carts of devices, without waiting: the next run comes to them
-- Tells   settings.changed where events went, with the reason that the caller set, to operators
-- Notes   events go from the beginning of the stream, so that it begins later and has no gap (event_head.oldest), and only numbered
--         ones. Sessions go that are over since then, and so many carts of devices that nobody came back to: anybody can make
--         them. Answers go that forget_old_keys would forget. Reservations, places and purchases stay: they are the statistics
create or replace function apartado._purge(
  p_before      timestamptz,
  p_limit       integer,
  out events    bigint,
  out sessions  bigint,
  out answers   bigint,
  out remaining boolean
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_carts bigint;
begin
  -- the trigger that refuses deletion of events allows it under this setting
  perform set_config('apartado.purging', 'on', true);
  with oldest as (
    select e.event_id, e.pos, e.at
      from apartado.events e
     where e.pos is not null
     order by e.pos
     limit p_limit
  ), gone as materialized (
    select e.event_id
      from apartado.events e
     where e.event_id in (
             select o.event_id
               from oldest o
              where o.pos < coalesce((select min(k.pos) from oldest k where k.at >= p_before), 9223372036854775807))
     order by e.event_id
       for update of e
  )
  delete from apartado.events e using gone g where e.event_id = g.event_id;
  get diagnostics events = row_count;
  perform set_config('apartado.purging', '', true);
  if events > 0 then
    update apartado.settings s set purged_to = (select h.oldest from apartado.event_head() h);
  end if;

  -- before the sessions, which pairing codes refer to
  answers := (select f.answers from apartado.forget_old_keys(p_limit) f);
  with over as materialized (
    select s.session_id
      from apartado.sessions s
     where least(s.ended_at, s.expires_at) < p_before
       and not exists (select from apartado.pairing_codes c where c.session_id = s.session_id)
     limit p_limit
       for update of s skip locked
  )
  delete from apartado.sessions s using over o where s.session_id = o.session_id;
  get diagnostics sessions = row_count;

  with idle as (
    select c.cart_id
      from apartado.carts c
     where c.device_hash is not null
       and c.status = 'active'
       and greatest(c.created_at, c.last_validated_at, c.used_at) < p_before
       and not exists (select from apartado.cart_lines l where l.cart_id = c.cart_id and l.added_at >= p_before)
       and not exists (select from apartado.walk_in_entries w where w.cart_id = c.cart_id)
       and not exists (select from apartado.orders o where o.cart_id = c.cart_id)
       and not exists (select from apartado.carts m where m.merged_into = c.cart_id)
     limit p_limit
       for update of c skip locked
  ), emptied as (
    delete from apartado.cart_lines l using idle i where l.cart_id = i.cart_id
  )
  delete from apartado.carts c using idle i where c.cart_id = i.cart_id;
  get diagnostics v_carts = row_count;
  remaining := p_limit in (events, sessions, answers, v_carts);
end;
$$;

comment on function apartado._purge(timestamptz, integer) is 'Drops what is older than a time and nobody needs any more.';
