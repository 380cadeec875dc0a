-- waiting_positions: where members stand in the queues that they wait in, for the service that tells them.
--
-- Gives   a row for each place of these members, in the queues of these items (null: of all): position 1..n, queue_length,
--         expected_wait as get_queue_position gives it, drop_id (null: of none)
-- Notes   positions are counted when they are told, never stored. One call for many: the blocks of a queue are summed once,
--         and each member's own block is counted. Where something is past its time, each is counted as all reads do (_place_of).
--         Of a hidden item only operators are told. The setting keeps plans cached while a queue was empty on the indexes
create or replace function apartado.waiting_positions(p_aliases text[], p_items bigint[] default null)
  returns table (
    alias         text,
    item_id       bigint,
    location      text,
    drop_id       bigint,
    "position"    bigint,
    queue_length  integer,
    expected_wait interval,
    server_time   timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set jit = off
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
begin
  return query
  with places as materialized (
    -- who missed an offer stands in line again, under keep as one who is suspended; under drop they have no place below
    select m.alias, q.stock_id, q.queue_entry_id, q.priority, q.rank, i.item_id,
           case when q.status = 'waiting' or q.status = 'offered' and s.missed <> 'keep' then 'waiting' else 'suspended' end as status
      from apartado.members m
      join apartado.queue_entries q on q.member_id = m.member_id and q.status in ('waiting', 'offered', 'suspended')
                                   and (q.status <> 'offered' or q.offered_until <= v_now)
      join apartado.stock s on s.stock_id = q.stock_id
      join apartado.items i on i.item_id = s.item_id
     where m.alias = any (p_aliases)
       and (p_items is null or s.item_id = any (p_items))
       and (i.visible or m.is_operator)
  ), queues as materialized (
    select s.stock_id, s as stock, l.code, s.drop_id, apartado._stands_still(s, v_now) as stands_still, p.pace,
           coalesce(d.queue_length, s.queue_length) as queue_length, d.queue_length is not null as is_due
      from apartado.stock s
      join apartado.locations l on l.location_id = s.location_id
     cross join lateral apartado._pace(s.stock_id) p
      left join lateral (select x.queue_length from apartado._settled(s, v_now) x
                          where s.next_due_at <= v_now or apartado._gone(s.stock_id, v_now) > 0 offset 0) d on true
     where s.stock_id in (select o.stock_id from places o)
  ), blocks as materialized (
    select b.stock_id, b.priority, b.block,
           sum(b.entries) over (partition by b.stock_id order by b.priority desc, b.block) - b.entries as before
      from apartado.queue_blocks b
     where b.stock_id in (select k.stock_id from queues k where not k.is_due)
  ), counted as (
    select o.alias, o.item_id, k.code, k.drop_id, k.queue_length, o.status = 'waiting' and not k.stands_still as moves, k.pace,
           case when k.is_due then (select apartado._place_of(k.stock, o.priority, e.rank, v_now)
                                      from apartado.queue_entries q
                                     cross join lateral apartado._entry_as_settled(k.stock, q, v_now) e
                                     where q.queue_entry_id = o.queue_entry_id and e.status is not null)
                else b.before + (select count(*)
                                   from apartado.queue_entries q
                                  where q.stock_id = o.stock_id
                                    and q.status in ('waiting', 'suspended')
                                    and q.priority = o.priority
                                    and q.rank >= apartado._block_begin(b.block)
                                    and q.rank <= o.rank) end::bigint as place
      from places o
      join queues k on k.stock_id = o.stock_id
      left join blocks b on b.stock_id = o.stock_id and b.priority = o.priority and b.block = apartado._block(o.rank)
  )
  select c.alias, c.item_id, c.code, c.drop_id, c.place, c.queue_length, case when c.moves then c.pace * c.place end, v_now
    from counted c
   where c.place is not null
   order by c.alias, c.item_id, c.code;
end;
$$;

comment on function apartado.waiting_positions(text[], bigint[]) is 'Where members stand in the queues that they wait in, for the service that tells them.';

grant execute on function apartado.waiting_positions to apartado_api;
