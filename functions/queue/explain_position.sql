-- explain_position: why a member waits: how many are ahead, what the first of them waits for, and who went past them.
--
-- Gives   a row per fact, in this order. ahead: position, how many are ahead, queue_length, what I want and what is free
--         (since I joined) · offered: I have an offer · next: I am served by the next command · head_waits_for: what the first
--         who can be served wants, where less is free · suspended, barred: I am passed over · paused: the queue stands
--         still, and why · lottery: places are drawn once it has opened, and until then say only who came when · not_open, closed,
--         not_for_sale: nobody is served · too_large: I want more than is free · moved: by an operator, and why ·
--         overtaken: so many who came later stand before me, by their priority or because an operator put them there · passed:
--         somebody behind me was served, and why (the newest hundred). Quantities and reasons, never names
-- Raises  RS101 no such item, or hidden · RS104 not kept at that location · RS107 you do not wait there, with what became of your last place
--         RS601 nobody was named
-- Notes   says what is so once the row is settled, as every query does
create or replace function apartado.explain_position(
  p_member   text,
  p_item     bigint,
  p_location text default null
)
  returns table (
    code  text,
    fact  jsonb,
    since timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._viewer_id(p_member);
  v_stock     apartado.stock;
  v_now       timestamptz;
  v_entry     apartado.queue_entries;
  v_then      record;
begin
  if v_member_id is null then
    perform apartado._refuse('RS601', 'member');
  end if;

  v_stock := apartado._visible_stock(p_item, p_location, v_member_id);

  v_now := apartado.clock();
  select q.*
    into v_entry
    from apartado.queue_entries q
   where q.stock_id = v_stock.stock_id and q.member_id = v_member_id and q.status in ('waiting', 'offered', 'suspended');
  select * into v_then from apartado._entry_as_settled(v_stock, v_entry, v_now);
  if v_then.status is null then
    perform apartado._refuse_no_entry(v_stock, v_member_id);
  end if;

  v_entry.status := v_then.status;
  v_entry.rank := v_then.rank;
  return query
  select w.code, jsonb_strip_nulls(w.fact), w.since from apartado._why_waiting(v_stock, v_entry, v_now) w
   union all
  select o.code, o.fact, o.since from apartado._why_overtaken(v_stock, v_entry) o where v_entry.status <> 'offered'
   union all
  select p.code, p.fact, p.since from apartado._why_passed(v_stock, v_entry) p;
end;
$$;

comment on function apartado.explain_position(text, bigint, text) is 'Why a member waits: how many are ahead, what the first of them waits for, and who went past them. Example: select * from apartado.explain_position(''ben'', 1)';

grant execute on function apartado.explain_position to apartado_api, apartado_operator;
