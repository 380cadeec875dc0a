-- search_audit: who did what, in which session, when and why; the newest first.
--
-- Gives   a row for each event: its id, its place in the stream (null: not numbered yet), when, what, about which item, where
--         and whom, who did it in which session, the details, and the reason where one was given
-- Raises  RS101 no such item · RS103 no such member · RS204 p_limit outside 1 .. 1000 · RS205 a text of more than 200 characters,
--         or a kind that is none
-- Notes   p_kinds: whole kinds, or what stands before the dot (reservation, queue). p_by: an alias, or role:<database role>.
--         p_from is in it, p_to is not. p_text is looked for in the details, whatever the case. p_before: the event_id from
--         which to go back, for the next page. A custom plan at each call, because filters that are null drop out of it
create or replace function apartado.search_audit(
  p_actor  text,
  p_kinds  text[] default null,
  p_item   bigint default null,
  p_member text default null,
  p_by     text default null,
  p_from   timestamptz default null,
  p_to     timestamptz default null,
  p_text   text default null,
  p_before bigint default null,
  p_limit  integer default 100
)
  returns table (
    event_id   bigint,
    pos        bigint,
    at         timestamptz,
    kind       text,
    item_id    bigint,
    location   text,
    member     text,
    actor      text,
    session_id bigint,
    details    jsonb,
    reason     text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  v_member_id bigint;
  v_stock_ids bigint[];
begin
  perform apartado._operator(p_actor);
  perform apartado._check_limit(p_limit, 1000);
  if length(p_text) > 200 then
    perform apartado._refuse('RS205', 'text', jsonb_build_object('longest', 200));
  end if;
  perform apartado._check_kinds(p_kinds, true);
  if p_item is not null then
    perform apartado._check_item(p_item);
    v_stock_ids := apartado._stock_ids(array[p_item], null);
  end if;
  v_member_id := apartado._viewer_id(p_member);

  return query
  select e.event_id, e.pos, e.at, e.kind, s.item_id, l.code, m.alias, e.actor, e.session_id, e.data || e.details,
         coalesce(e.details ->> 'reason', e.data ->> 'reason')
    from (select x.*
            from apartado.events x
           where (p_before is null or x.event_id < p_before)
             and (p_kinds is null or x.kind = any (p_kinds) or split_part(x.kind, '.', 1) = any (p_kinds))
             and (p_item is null or x.stock_id = any (v_stock_ids))
             and (v_member_id is null or x.member_id = v_member_id)
             and (p_by is null or x.actor = p_by)
             and (p_from is null or x.at >= p_from)
             and (p_to is null or x.at < p_to)
             and (p_text is null or strpos(lower(concat(x.data, x.details)), lower(p_text)) > 0)
           order by x.event_id desc
           limit p_limit) e
    left join apartado.stock s on s.stock_id = e.stock_id
    left join apartado.locations l on l.location_id = s.location_id
    left join apartado.members m on m.member_id = e.member_id
   order by e.event_id desc;
end;
$$;

comment on function apartado.search_audit(text, text[], bigint, text, text, timestamptz, timestamptz, text, bigint, integer) is 'Who did what, in which session, when and why; the newest first. Example: select * from apartado.search_audit(null, p_kinds => ''{reservation}'', p_member => ''ana'')';

grant execute on function apartado.search_audit to apartado_api, apartado_operator;
