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
    -- as arrays, which go by the indexes however many rows there are
    select s.stock_id from apartado.stock s where s.item_id = any (array(select n.id from named n where n.what = 'item'))
     union
    select r.stock_id from apartado.reservations r where r.reservation_id = any (array(select n.id from named n where n.what = 'reservation'))
     union
    select q.stock_id from apartado.queue_entries q where q.queue_entry_id = any (array(select n.id from named n where n.what = 'entry'))
     union
    select p.stock_id from apartado.purchases p where p.purchase_id = any (array(select n.id from named n where n.what = 'purchase')));
end;
$$;

comment on function apartado._stock_of_calls(jsonb) is 'Which stock rows the calls of act_on_many are about.';
