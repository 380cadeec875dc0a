-- _check_events: the ledger is whole, in order, and ends where the stock stands.
--
-- Gives   a row for each breach, as check_consistency
create or replace function apartado._check_events()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select 'positions are 1..n without a gap', 'events', format('%s events from %s to %s', e.n, e.first, e.last),
         format('%s events, the last at %s', e.last - e.first + 1, c.last_pos),
         'restore events from a backup: a position was lost, and readers may have missed it'
    from (select count(*) as n, min(x.pos) as first, max(x.pos) as last from apartado.events x where x.pos is not null) e,
         apartado.event_cursor c
   where e.n > 0
     and (e.n, e.last) is distinct from (e.last - e.first + 1, c.last_pos)
  union all
  select 'whatever is not numbered yet will be found', 'event ' || e.event_id, 'below low_id ' || c.low_id, 'above it',
         format('update apartado.event_cursor set low_id = least(low_id, %s)', e.event_id - 1)
    from apartado.event_cursor c
    join apartado.events e on e.pos is null and e.event_id <= c.low_id
  union all
  select 'events of a stock row are in version order', 'event ' || v.event_id, v.version::text, 'at least ' || v.version_before,
         'none: the order was broken when it was written'
    from (select e.event_id, e.version, lag(e.version) over (partition by e.stock_id order by e.event_id) as version_before
            from apartado.events e
           where e.stock_id is not null) v
   where v.version < v.version_before
  union all
  select 'positions follow the order of ids in a stock row', 'event ' || p.event_id, p.pos::text, 'more than ' || p.pos_before,
         'none: the order was broken when it was numbered'
    from (select e.event_id, e.pos, lag(e.pos) over (partition by e.stock_id order by e.event_id) as pos_before
            from apartado.events e
           where e.stock_id is not null) p
   where p.pos < p.pos_before
  union all
  select 'the newest event tells the stock as it is', 'stock ' || s.stock_id,
         concat_ws(' ', e.available, e.reserved, e.sold, e.queue_length),
         concat_ws(' ', s.available, s.reserved, s.sold, s.queue_length),
         'find out who wrote to stock by hand'
    from (select distinct on (x.stock_id) x.*
            from apartado.events x
           where x.stock_id is not null
           order by x.stock_id, x.event_id desc) e
    join apartado.stock s on s.stock_id = e.stock_id
   where (e.available, e.reserved, e.sold, e.queue_length) is distinct from (s.available, s.reserved, s.sold, s.queue_length);
$$;

comment on function apartado._check_events() is 'The ledger is whole, in order, and ends where the stock stands.';
