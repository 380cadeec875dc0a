-- _stock_of_calls: which stock rows the calls of act_on_many are about.
--
-- Gives   ids: every row of an item that is named, because units may come to another place of it; the row of a reservation, an entry
--         or a purchase. What cannot be read is about none, and is refused by the action itself
create or replace function apartado._stock_of_calls(p_calls jsonb)
  returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    with named as materialized (
      select a.key as what, a.value::bigint as id
        from jsonb_array_elements(p_calls) c
       cross join jsonb_each_text(case when jsonb_typeof(c) = 'object' then c else '{}' end) a
       where a.key in ('item', 'reservation', 'entry', 'purchase') and a.value ~ '^[0-9]{1,18}$'
    )
    select f.stock_id
      from named n
     -- lateral: an index look-up for each that is named, whatever the size of the tables was when this was planned
     cross join lateral (
       select s.stock_id from apartado.stock s where n.what = 'item' and s.item_id = n.id
        union all
       select r.stock_id from apartado.reservations r where n.what = 'reservation' and r.reservation_id = n.id
        union all
       select q.stock_id from apartado.queue_entries q where n.what = 'entry' and q.queue_entry_id = n.id
        union all
       select p.stock_id from apartado.purchases p where n.what = 'purchase' and p.purchase_id = n.id
       offset 0) f
     group by f.stock_id);
end;
$$;

comment on function apartado._stock_of_calls(jsonb) is 'Which stock rows the calls of act_on_many are about.';
