-- queue_at: who waited for an item at a past moment, in which order, as the ledger told it by then.
--
-- Gives   a row for each open place, location by location: those with an open offer first, then those in line with their positions;
--         quantity: how many they wanted, or were offered, as list_queue says
-- Raises  RS101 no such item · RS104 no such location · RS204 no time, or one to come · RS403 what happened then is not kept any more
-- Notes   everything up to and with that moment counts. What was past its time and had not been closed yet stands in line, as it was told
create or replace function apartado.queue_at(
  p_actor    text,
  p_item     bigint,
  p_at       timestamptz,
  p_location text default null
)
  returns table (
    location       text,
    "position"     bigint,
    queue_entry_id bigint,
    alias          text,
    quantity       integer,
    status         text,
    priority       integer,
    joined_at      timestamptz
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
  select l.code,
         case when w.status <> 'offered' then row_number() over (partition by s.stock_id, w.status = 'offered' order by w.priority desc, w.rank) end,
         w.queue_entry_id, m.alias, w.quantity, w.status, w.priority, q.joined_at
    from apartado.stock s
    join apartado.locations l on l.location_id = s.location_id
   cross join lateral apartado._waited_at(s.stock_id, p_at) w
    join apartado.queue_entries q on q.queue_entry_id = w.queue_entry_id
    join apartado.members m on m.member_id = q.member_id
   where s.stock_id = any (v_stock_ids)
   order by l.code, w.status <> 'offered', w.priority desc, w.rank;
end;
$$;

comment on function apartado.queue_at(text, bigint, timestamptz, text) is 'Who waited for an item at a past moment, in which order, as the ledger told it by then. Example: select * from apartado.queue_at(null, 1, apartado.clock())';

grant execute on function apartado.queue_at to apartado_api, apartado_operator;
