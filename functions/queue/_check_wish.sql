-- _check_wish: whether a member may have one wish over several stock rows.
--
-- Gives   the stock rows in whose queues the wish is to stand
-- Raises  as join_queue, naming the item and the location: RS101, RS309, RS308, RS302 you hold one · RS303 you wait for it
--         RS304 one could be reserved now · RS305, RS202, RS503, RS504 see _queue_refusals
-- Notes   p_anywhere: no location was named, so those that will never have so many are left out, unless no other has the item.
--         The limits look at the wish as one. The caller holds the member's turn and the stock rows, settled.
create or replace function apartado._check_wish(
  p_stock_ids bigint[],
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_anywhere  boolean,
  p_now       timestamptz
)
  returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
  v_where jsonb;
  v_own   record;
  v_ids   bigint[] := '{}';
begin
  for v_stock in select s.* from apartado.stock s where s.stock_id = any (p_stock_ids) order by s.stock_id
  loop
    v_where := jsonb_build_object(
      'item', v_stock.item_id, 'location', (select l.code from apartado.locations l where l.location_id = v_stock.location_id));
    -- no location for a hidden item: where it is kept must not leak
    perform apartado._refuse(r.code, 'items', case r.code when 'RS101' then r.facts else r.facts || v_where end)
       from apartado._open_refusals(v_stock, p_member_id, true, p_now) r;

    select * into v_own from apartado._own_claim(v_stock.stock_id, p_member_id);
    if v_own.reservation_id is not null then
      perform apartado._refuse('RS302', 'items', v_where || jsonb_build_object('reservation_id', v_own.reservation_id));
    elsif v_own.queue_entry_id is not null then
      perform apartado._refuse(apartado._waiting_code(v_stock, v_own.status), 'items', v_where || jsonb_build_object('queue_entry_id', v_own.queue_entry_id));
    elsif apartado._can_have(v_stock, p_member_id, p_quantity, p_now) then
      -- first, because RS304 says to reserve it, and a member at their limit cannot
      perform apartado._check_limits(v_stock, p_member_id, p_class_id, p_quantity, 'RS503', p_now);
      perform apartado._refuse('RS304', 'items', v_where || jsonb_build_object('available', v_stock.available));
    end if;

    if not p_anywhere or not exists (
      select
        from apartado._queue_refusals(v_stock, p_member_id, p_class_id, p_quantity, p_now) r
       where r.code in ('RS305', 'RS202')
    ) then
      perform apartado._refuse(r.code, case r.parameter when 'item' then 'items' else r.parameter end, r.facts || v_where)
         from apartado._queue_refusals(v_stock, p_member_id, p_class_id, p_quantity, p_now) r;
      v_ids := v_ids || v_stock.stock_id;
    end if;
  end loop;

  -- picked in a subquery before it is raised, so that the plan does not decide which refusal is told
  perform apartado._refuse(f.code, case f.parameter when 'item' then 'items' else f.parameter end, f.facts)
     from (select r.code, r.parameter, r.facts || jsonb_build_object('item', s.item_id) as facts
             from apartado.stock s
            cross join lateral apartado._queue_refusals(s, p_member_id, p_class_id, p_quantity, p_now) with ordinality r
            where s.stock_id = any (p_stock_ids)
              and not exists (select from apartado.stock o where o.item_id = s.item_id and o.stock_id = any (v_ids))
            order by s.stock_id, r.ordinality
            limit 1) f;

  return v_ids;
end;
$$;

comment on function apartado._check_wish(bigint[], bigint, bigint, integer, boolean, timestamptz) is 'Whether a member may have one wish over several stock rows.';
