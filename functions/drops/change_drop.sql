-- change_drop: move a drop, or change its title, items or policy, at any time.
--
-- Gives   the drop as it then is, and how many of those who waited were promoted
-- Raises  RS106 no such drop · RS101 no such item · RS204 a time out of range, it closes before it opens, or too many items
--         RS205 no reason, a title that is blank or of more than 1,000 characters, no such policy, null among the items, or policies
--         govern one of them that cannot hold together
--         RS312 an item is in another drop that has not ended, or leaves while waves are planned for it; a lottery is closed and
--         has its items and its opening for good
-- Locks   the gates of the rules, the drop, the stock rows of its items, old and new, by id, the wishes of those who
--         wait there
-- Tells   drop.opened and drop.closed, where it was so, was not told and is so no more; drop.changed for each visible stock row,
--         item.changed for those that come or go, both with the reason to operators; what becomes of those who wait
-- Notes   null leaves as it is. p_closes_at infinity: it never closes, and is null in the answer; p_policy default: none of its own.
--         Whoever waits keeps their place, also when a live drop is upcoming again. An opening or closing that lies ahead
--         again is told again. A live drop that has people waiting for free units serves them at once.
create or replace function apartado.change_drop(
  p_actor           text,
  p_drop            bigint,
  p_title           text default null,
  p_opens_at        timestamptz default null,
  p_closes_at       timestamptz default null,
  p_items           bigint[] default null,
  p_policy          text default null,
  p_reason          text default null,
  p_idempotency_key text default null,
  out drop_id       bigint,
  out title         text,
  out phase         text,
  out opens_at      timestamptz,
  out closes_at     timestamptz,
  out items         bigint[],
  out promoted      integer,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner    text := apartado._acting_operator(p_actor);
  v_request  jsonb := jsonb_build_array(p_drop, p_title, p_opens_at at time zone 'UTC', p_closes_at at time zone 'UTC', p_items, p_policy, p_reason);
  v_answer   jsonb := apartado._recall(v_owner, p_idempotency_key, 'change_drop', v_request);
  v_drop     apartado.drops;
  v_affected bigint[];
begin
  if v_answer is not null then
    select * into drop_id, title, phase, opens_at, closes_at, items, promoted, server_time
      from jsonb_to_record(v_answer) as (
        drop_id bigint, title text, phase text, opens_at timestamptz, closes_at timestamptz, items bigint[],
        promoted integer, server_time timestamptz);
    return;
  end if;
  perform apartado._check_reason(p_reason);
  if p_items is not null then
    items := apartado._check_items_of_drop(p_items);
  end if;

  perform apartado._close_gates();
  select d.* into v_drop from apartado.drops d where d.drop_id = p_drop for no key update;
  if v_drop.drop_id is null then
    perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop));
  end if;
  drop_id := p_drop;
  title := coalesce(p_title, v_drop.title);
  opens_at := coalesce(p_opens_at, v_drop.opens_at);
  closes_at := coalesce(p_closes_at, v_drop.closes_at);
  perform apartado._check_drop(title, opens_at, closes_at);

  v_affected := array(select i.item_id from apartado.items i where i.drop_id = p_drop order by i.item_id);
  items := coalesce(items, v_affected);
  if (opens_at, items) is distinct from (v_drop.opens_at, v_affected)
     and exists (select from apartado.lotteries l where l.drop_id = p_drop and l.closed_at is not null) then
    perform apartado._refuse('RS312/drawn', case when opens_at = v_drop.opens_at then 'items' else 'opens_at' end,
                             jsonb_build_object('drop', p_drop, 'lottery', 'closed'));
  end if;
  v_affected := v_affected || items;
  perform apartado._lock_items(v_affected);
  server_time := apartado.clock();
  promoted := apartado._settle_items(v_affected, server_time);
  phase := apartado._phase(opens_at, closes_at, server_time);
  if v_drop.opens_at <= server_time and (phase = 'upcoming' or v_drop.closes_at <= server_time and phase <> 'ended') then
    -- an opening or closing that has passed is told before the change, because afterwards no row shows it
    perform apartado._tell_phases(array[p_drop], server_time);
  end if;

  perform apartado._say_why(p_reason);
  -- items leave before the policy changes, so that the new one does not decide about those who wait for them
  perform apartado._place_items(p_drop, array(select i.item_id from apartado.items i where i.drop_id = p_drop and i.item_id = any (items)), server_time);
  update apartado.drops d
     set title = change_drop.title, opens_at = change_drop.opens_at, closes_at = change_drop.closes_at,
         policy_id = case when p_policy is null then d.policy_id else apartado._policy_of_drop(p_policy) end,
         -- what lies ahead again is told again; so is the opening of a drop that was over
         opened_at = case when phase = 'upcoming' or phase = 'live' and d.closes_at <= server_time then null else d.opened_at end,
         closed_at = case when phase = 'ended' then d.closed_at end
   where d.drop_id = p_drop;
  perform apartado._place_items(p_drop, items, server_time, p_policy is not null);
  perform apartado._say_why(null);
  promoted := promoted + apartado._settle_items(v_affected, server_time);
  closes_at := nullif(closes_at, 'infinity');

  perform apartado._remember(v_owner, p_idempotency_key, 'change_drop', v_request, jsonb_build_object(
    'drop_id', drop_id, 'title', title, 'phase', phase, 'opens_at', opens_at, 'closes_at', closes_at, 'items', items,
    'promoted', promoted, 'server_time', server_time));
end;
$$;

comment on function apartado.change_drop(text, bigint, text, timestamptz, timestamptz, bigint[], text, text, text) is 'Move a drop, or change its title, items or policy, at any time. Example: select * from apartado.change_drop(null, 1, p_opens_at => ''2030-01-04 19:00Z'', p_reason => ''the van is late'')';

grant execute on function apartado.change_drop to apartado_api, apartado_operator;
