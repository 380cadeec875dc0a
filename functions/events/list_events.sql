-- list_events: what happened after a position, in order, as the caller may see it.
--
-- Gives   the events of visible items in public form; with the caller's own part on those that concern them;
--         everything, with who did it, to operators
-- Raises  RS104 no such location · RS106 no such drop, or all of it is hidden · RS204 p_limit outside 1 .. 1000 · RS403 the cursor is too old, or ahead of the newest
-- Notes   without filters the whole ledger is 1..n; a filter, or what the caller may not see, leaves numbers out
create or replace function apartado.list_events(
  p_member   text,
  p_after    bigint default 0,
  p_limit    integer default 500,
  p_items    bigint[] default null,
  p_location text default null,
  p_drop     bigint default null
)
  returns table (
    pos      bigint,
    kind     text,
    item_id  bigint,
    location text,
    data     jsonb,
    at       timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
  v_operator  boolean := apartado._is_operator(v_viewer_id);
  v_head      record;
begin
  perform apartado._check_limit(p_limit, 1000);
  if p_location is not null then
    perform apartado._location_id(p_location);
  end if;
  -- as in list_drops: one whose items are all hidden is there for operators only
  if p_drop is not null and not exists (
    select
      from apartado.drops d
      left join apartado.items i on i.drop_id = d.drop_id
     where d.drop_id = p_drop
       and (v_operator or i.item_id is null or apartado._visible_to(i.item_id, v_viewer_id))
  ) then
    perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop));
  end if;
  select * into v_head from apartado.event_head();
  if p_after is null or p_after not between v_head.oldest and v_head.pos then
    perform apartado._refuse('RS403', 'after', jsonb_build_object('after', p_after, 'oldest', v_head.oldest, 'newest', v_head.pos));
  end if;

  return query
  select t.pos, t.kind, t.item_id, t.location,
         coalesce(t.public, '{}')
         || case when v_operator or t.member_id = v_viewer_id then t.member else '{}' end
         || case when v_operator then t.operator else '{}' end,
         t.at
    from apartado._told(p_after, p_limit, v_operator, v_viewer_id, p_items, p_location, p_drop) t
   order by t.pos;
end;
$$;

comment on function apartado.list_events(text, bigint, integer, bigint[], text, bigint) is 'What happened after a position, in order, as the caller may see it. Example: select * from apartado.list_events(''ana'', p_after => 0)';

grant execute on function apartado.list_events to apartado_api, apartado_operator;
