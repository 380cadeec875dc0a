-- tail_events: the newest events with everything that each audience may see, for the service that delivers them.
--
-- Gives   in the order of pos: public (for everybody; null: not for everybody), member (what is added for the member
--         named by alias) and operator (what is added for operators)
-- Raises  RS204 p_limit outside 1 .. 10000
-- Notes   list_events is the same for one person; this one is read once and delivered to many. The settings force a generic
--         plan with index look-ups of members and stock for each event: without them it scanned all members for a handful of
--         events, and planning took longer than reading
create or replace function apartado.tail_events(p_after bigint, p_limit integer default 500)
  returns table (
    pos      bigint,
    kind     text,
    item_id  bigint,
    location text,
    drop_id  bigint,
    alias    text,
    public   jsonb,
    member   jsonb,
    operator jsonb,
    at       timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set jit = off
  set enable_bitmapscan = off
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  if p_limit is null or p_limit not between 1 and 10000 then
    perform apartado._refuse('RS204', 'limit', jsonb_build_object('limit', p_limit, 'smallest', 1, 'largest', 10000));
  end if;

  return query
  select t.pos, t.kind, t.item_id, t.location, t.drop_id, m.alias,
         case when t.visible then t.public end,
         case when t.visible then t.member else coalesce(t.public, '{}') || t.member end, t.operator, t.at
    from apartado._told(p_after, p_limit, p_sees_all => true) t
    left join apartado.members m on m.member_id = t.member_id
   order by t.pos;
end;
$$;

comment on function apartado.tail_events(bigint, integer) is 'The newest events with everything that each audience may see, for the service that delivers them.';

grant execute on function apartado.tail_events to apartado_api;
