-- list_queue: who waits for an item, in order, for operators.
--
-- Gives   those with an open offer first, then those in line with their positions, location by location; passed: how often
--         somebody behind was served since the entry could have been; quantity: how many they want, or are offered
-- Raises  RS101 no such item · RS104 no such location · RS204 p_limit outside 1 .. 10000
-- Notes   what is past its time is shown as it will be once it is closed. p_limit is for each location
create or replace function apartado.list_queue(
  p_actor    text,
  p_item     bigint,
  p_location text default null,
  p_limit    integer default 1000
)
  returns table (
    location       text,
    "position"     bigint,
    queue_entry_id bigint,
    alias          text,
    quantity       integer,
    status         text,
    priority       integer,
    joined_at      timestamptz,
    needed_until   timestamptz,
    offered_until  timestamptz,
    passed         bigint,
    reason         text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now       timestamptz := apartado.clock();
  v_stock_ids bigint[];
begin
  perform apartado._operator(p_actor);
  perform apartado._check_limit(p_limit, 10000);
  perform apartado._check_item(p_item);
  -- called beforehand: within the query a plan may never reach it, and an unknown location would not be refused
  v_stock_ids := apartado._stock_ids(array[p_item], p_location);

  return query
  select l.code, x."position", x.queue_entry_id, m.alias, x.quantity, x.status, x.priority, x.joined_at, x.needed_until,
         x.offered_until, apartado._passed(s.stock_id, x.priority, x.rank, x.waiting_since), x.reason
    from unnest(v_stock_ids) k (stock_id)
    join apartado.stock s on s.stock_id = k.stock_id
    join apartado.locations l on l.location_id = s.location_id
   cross join lateral (
     select u.*, case when u.status <> 'offered'
                      then row_number() over (partition by u.status = 'offered' order by u.priority desc, u.rank) end as "position"
       from ((select q.queue_entry_id, q.member_id, q.quantity, q.joined_at, q.needed_until, coalesce(q.reason, q.move_reason) as reason, q.waiting_since,
                     q.priority, q.status, q.rank, null::timestamptz as offered_until
                from apartado.queue_entries q
               where q.stock_id = s.stock_id
                 and q.status in ('waiting', 'suspended')
                 and (q.needed_until is null or q.needed_until > v_now)
                 and not exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is not null)
               order by q.priority desc, q.rank
               limit p_limit)
             union all
             select q.queue_entry_id, q.member_id, case e.status when 'offered' then q.offered_quantity else q.quantity end,
                    q.joined_at, q.needed_until, case e.status when 'offered' then coalesce(q.reason, q.move_reason) else 'missed' end,
                    case e.status when 'offered' then q.waiting_since else v_now end, q.priority, e.status, e.rank, case e.status when 'offered' then q.offered_until end
               from apartado.queue_entries q
              cross join lateral apartado._entry_as_settled(s, q, v_now) e
              where q.stock_id = s.stock_id
                and q.status = 'offered'
                and e.status is not null) u
      order by u.status <> 'offered', u.priority desc, u.rank
      limit p_limit) x
    join apartado.members m on m.member_id = x.member_id
   order by l.code, x.status <> 'offered', x.priority desc, x.rank;
end;
$$;

comment on function apartado.list_queue(text, bigint, text, integer) is 'Who waits for an item, in order, for operators. Example: select * from apartado.list_queue(null, 1)';

grant execute on function apartado.list_queue to apartado_api, apartado_operator;
