-- _why_not: every reason why reserve would refuse a member, of a stock row that may have something due.
--
-- Gives   what _refusals gives for the row as it will be once it is settled, in the order in which reserve then refuses
-- Notes   reads only: for those who ask, where reserve itself settles and then asks _refusals
create or replace function apartado._why_not(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_now       timestamptz
)
  returns table (
    code      text,
    parameter text,
    facts     jsonb
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock    apartado.stock := p_stock;
  v_settled  record;
  v_entry    apartado.queue_entries;
  v_then     record;
  v_served   boolean;
  v_can_have boolean;
  v_counted  integer;
begin
  select * into v_settled from apartado._settled(p_stock, p_now);
  v_stock.available := v_settled.available;
  v_stock.reserved := v_settled.reserved;
  v_stock.queue_length := v_settled.queue_length - cardinality(v_settled.served);

  select q.*
    into v_entry
    from apartado.queue_entries q
   where q.stock_id = p_stock.stock_id and q.member_id = p_member_id and q.status in ('waiting', 'offered', 'suspended');
  select * into v_then from apartado._entry_as_settled(p_stock, v_entry, p_now);
  v_served := coalesce(v_entry.queue_entry_id = any (v_settled.served), false);

  if v_stock.queue_length > 0 and v_stock.available >= p_quantity and p_now >= p_stock.opens_at then
    v_can_have := exists (
      select
        from apartado._next_in_line(v_stock, v_settled.free_before, p_now, p_newcomer => p_quantity) n
       where n.queue_entry_id is null);
  else
    v_can_have := apartado._can_have(v_stock, p_member_id, p_quantity, p_now);
  end if;

  -- the place that they have counts already: only what they ask beyond it is more
  if v_then.status in ('waiting', 'suspended') and not v_served then
    v_counted := v_entry.quantity;
  end if;

  return query
  select r.code, r.parameter, r.facts
    from (select w.code, w.parameter, w.facts, w.ordinality as place
            from apartado._refusals(v_stock, p_member_id, p_class_id, p_quantity, null, p_now, false, v_served, v_can_have) with ordinality w
           where v_counted is null or left(w.code, 5) not in ('RS501', 'RS504')
           union all
          select l.code, l.parameter, l.facts, 100 + l.ordinality
            from apartado._limit_refusals(v_stock, p_member_id, p_class_id, p_quantity - v_counted, 'RS501', p_now) with ordinality l
           where p_quantity > v_counted and l.parameter = 'quantity'
           union all
          -- a missed offer that returns to the queue: the row still says offered, so _refusals does not see a waiting entry
          select apartado._waiting_code(p_stock, v_then.status), 'item', jsonb_build_object('queue_entry_id', v_entry.queue_entry_id,
                                                     'position', apartado._place_of(p_stock, v_entry.priority, v_then.rank, p_now)), 0
           where v_entry.status = 'offered' and v_then.status <> 'offered' and not v_served) r
   order by case when left(r.code, 5) in ('RS101', 'RS309', 'RS307', 'RS308', 'RS203') then 1 when left(r.code, 5) = 'RS303' then 2 else 3 end, r.place;
end;
$$;

comment on function apartado._why_not(apartado.stock, bigint, bigint, integer, timestamptz) is 'Every reason why reserve would refuse a member, of a stock row that may have something due.';
