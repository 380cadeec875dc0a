-- item_at: what the stock of an item was at a past moment, and who held it, as the ledger told it by then.
--
-- Gives   a row for each location where the item was kept then: its numbers, its version, and the holders, an array of objects
--         with reservation_id, alias, quantity and expires_at, the oldest first; told_at: when the last change before was told
--         (null: that is not kept any more, and nothing has happened since)
-- Raises  RS101 no such item · RS104 no such location · RS204 no time, or one to come · RS403 what happened then is not kept any more
-- Notes   everything up to and with that moment counts. A deadline that had passed and of which nobody had taken note yet
--         is held still, as it was told: expires_at says so
create or replace function apartado.item_at(
  p_actor    text,
  p_item     bigint,
  p_at       timestamptz,
  p_location text default null
)
  returns table (
    location     text,
    total        integer,
    available    integer,
    reserved     integer,
    sold         integer,
    queue_length integer,
    version      bigint,
    holders      jsonb,
    told_at      timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock_ids bigint[];
begin
  perform apartado._operator(p_actor);
  v_stock_ids := apartado._stock_then(p_item, p_at, p_location);

  return query
  select l.code, t.available + t.reserved + t.sold, t.available, t.reserved, t.sold, t.queue_length, t.version,
         (select coalesce(jsonb_agg(jsonb_build_object('reservation_id', h.reservation_id, 'alias', m.alias, 'quantity', h.quantity,
                                                       'expires_at', h.expires_at) order by h.reservation_id), '[]')
            from apartado._held_at(s.stock_id, p_at) h
            join apartado.members m on m.member_id = h.member_id),
         t.at
    from apartado.stock s
    join apartado.locations l on l.location_id = s.location_id
   cross join lateral (
     (select x.available, x.reserved, x.sold, x.queue_length, x.version, x.at
        from apartado.events x
       where x.stock_id = s.stock_id and x.at <= p_at
       order by x.event_id desc
       limit 1)
      union all
     select s.available, s.reserved, s.sold, s.queue_length, s.version, null
      where not exists (select from apartado.events x where x.stock_id = s.stock_id)) t
   where s.stock_id = any (v_stock_ids)
   order by l.code;
end;
$$;

comment on function apartado.item_at(text, bigint, timestamptz, text) is 'What the stock of an item was at a past moment, and who held it, as the ledger told it by then. Example: select * from apartado.item_at(null, 1, apartado.clock())';

grant execute on function apartado.item_at to apartado_api, apartado_operator;
