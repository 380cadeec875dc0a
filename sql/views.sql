-- Views: what functions and readers look at again and again. Replaced at every migrate, after the functions.

create or replace view apartado.servable_entries as
select q.queue_entry_id, q.stock_id, q.member_id, q.quantity, q.priority, q.rank, q.waiting_since, q.needed_until
  from apartado.queue_entries q
 where q.status = 'waiting'
   -- a subquery for each entry, not a join, so that a queue is read in the order of its index and no further than it is served
   and (select m.barred_at from apartado.members m where m.member_id = q.member_id) is null
   and (q.wish_id is null or exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is null));

comment on view apartado.servable_entries is 'Entries that can be served: they wait, their member may act, their wish is open. Whether they are still needed (needed_until) is for the clock to say.';

-- Read by a subquery for each member who is served, not joined either: nobody else is looked up.
create or replace view apartado.class_holds as
select m.member_id, p.hold
  from apartado.members m
  join apartado.member_classes c on c.class_id = m.class_id
  join apartado.policies p on p.policy_id = c.policy_id
 where p.name <> 'default';

comment on view apartado.class_holds is 'How long reservations of members last whose class says so, whatever their stock row carries (hold); nobody else is in it. Null: the class does not say.';

-- Statements change a stock row, and each gives it a new version: the events of one version are the causes of one change.
create or replace view apartado.stock_ledger as
with versions as (
  select e.stock_id, e.version, max(e.event_id) as change_id, max(e.at) as at,
         string_agg(distinct e.kind, ', ' order by e.kind) as cause, max(e.actor) as actor,
         case when count(distinct e.member_id) = 1 then min(e.member_id) end as member_id,
         max(coalesce(e.details ->> 'reason', e.data ->> 'reason')) as reason,
         max(e.available) as available, max(e.reserved) as reserved, max(e.sold) as sold
    from apartado.events e
   where e.stock_id is not null
   group by e.stock_id, e.version
), changes as (
  select v.stock_id, v.version, v.change_id, v.at, v.actor, v.member_id, v.reason, v.available, v.reserved, v.sold,
         -- of what was purged the numbers are left, and no cause
         concat_ws(', ', case when v.version > 1 and lag(v.version) over w is null and t.purged_to > 0 then 'purged' end, v.cause) as cause,
         v.available - coalesce(lag(v.available) over w, 0) as delta_available,
         v.reserved - coalesce(lag(v.reserved) over w, 0) as delta_reserved,
         v.sold - coalesce(lag(v.sold) over w, 0) as delta_sold
    from versions v
   cross join apartado.settings t
  window w as (partition by v.stock_id order by v.version)
)
select c.stock_id, c.change_id, c.at, s.item_id, l.code as location, c.cause, c.actor, m.alias as member, c.reason,
       c.delta_available + c.delta_reserved + c.delta_sold as delta_total,
       c.delta_available, c.delta_reserved, c.delta_sold,
       c.available + c.reserved + c.sold as total, c.available, c.reserved, c.sold, c.version
  from changes c
  join apartado.stock s on s.stock_id = c.stock_id
  join apartado.locations l on l.location_id = s.location_id
  left join apartado.members m on m.member_id = c.member_id
 where (c.delta_available, c.delta_reserved, c.delta_sold) <> (0, 0, 0);

comment on view apartado.stock_ledger is 'Every change of a number of stock: when, why, by whom, how much, and what the numbers were then. The differences of a stock row add up to its counters; where its beginning was purged, the first that is kept holds it, too, and says so (purged).';

grant select on apartado.stock_ledger to apartado_reader, apartado_operator;

create or replace view apartado.reservation_summary as
select s.stock_id, i.sku, i.title, l.code as location, s.total, n.available, n.reserved, s.sold,
       count(*) filter (where r.status = 'active' and r.expires_at > c.now) as active,
       min(r.expires_at) filter (where r.status = 'active' and r.expires_at > c.now) as next_deadline,
       count(*) filter (where r.status = 'sold') as converted,
       count(*) filter (where r.status = 'expired' or r.status = 'active' and r.expires_at <= c.now) as expired,
       count(*) filter (where r.status in ('cancelled', 'revoked') and h.is_whole) as given_back,
       avg(least(r.closed_at, r.expires_at) - r.reserved_at)
         filter (where h.is_whole and (r.status <> 'active' or r.expires_at <= c.now)) as mean_hold
  from (select apartado.clock() as now) c
 cross join apartado.stock s
  join apartado.settled_stock() n on n.stock_id = s.stock_id
  join apartado.items i on i.item_id = s.item_id
  join apartado.locations l on l.location_id = s.location_id
  left join apartado.reservations r on r.stock_id = s.stock_id
 -- one that was handed on goes on under another id
 cross join lateral (select (r.status, r.reason) is distinct from ('cancelled', 'transferred') as is_whole) h
 group by s.stock_id, n.available, n.reserved, i.sku, i.title, l.code;

comment on view apartado.reservation_summary is 'Each item at each location as it is now, whether or not a sweep has run: its counters, the reservations that are active, and what became of the others.';

create or replace view apartado.overdue_reservations as
select r.reservation_id, r.stock_id, i.sku, l.code as location, m.alias as member, r.quantity, r.reserved_at, r.expires_at,
       apartado.clock() - r.expires_at as overdue_by
  from apartado.reservations r
  join apartado.stock s on s.stock_id = r.stock_id
  join apartado.items i on i.item_id = s.item_id
  join apartado.locations l on l.location_id = s.location_id
  join apartado.members m on m.member_id = r.member_id
 where r.status = 'active'
   and r.expires_at <= (select apartado.clock());

comment on view apartado.overdue_reservations is 'Reservations past their deadline that no sweep has closed yet. They are dead for every read and command already.';

create or replace view apartado.queue_summary as
select s.stock_id, i.sku, i.title, l.code as location, n.queue_length,
       count(*) filter (where e.status = 'waiting') as waiting,
       count(*) filter (where e.status = 'suspended') as suspended,
       count(*) filter (where e.status = 'offered') as offered,
       sum(q.quantity) as units_wanted, min(q.waiting_since) as longest_since, s.queue_paused_at, s.queue_pause_reason
  from apartado.stock s
  join apartado.items i on i.item_id = s.item_id
  join apartado.locations l on l.location_id = s.location_id
  join apartado.settled_stock() n on n.stock_id = s.stock_id
  join apartado.queue_entries q on q.stock_id = s.stock_id
  join apartado.settled_entries() e on e.queue_entry_id = q.queue_entry_id
 group by s.stock_id, n.queue_length, i.sku, i.title, l.code;

comment on view apartado.queue_summary is 'Each queue in which somebody stands now, whether or not a sweep has run: how many, in which state, for how many units, and since when the first.';

create or replace view apartado.cleanup_statistics as
select date_trunc('hour', e.at, 'UTC') as hour,
       count(*) filter (where e.kind = 'reservation.expired') as expired,
       count(*) filter (where e.kind = 'queue.promoted') as promoted,
       count(*) filter (where e.kind = 'queue.offered') as offered,
       count(*) filter (where e.kind = 'queue.missed') as missed,
       count(*) filter (where e.kind = 'queue.closed') as closed
  from apartado.events e
 where e.kind in ('reservation.expired', 'queue.promoted', 'queue.offered', 'queue.missed', 'queue.closed')
 group by date_trunc('hour', e.at, 'UTC');

comment on view apartado.cleanup_statistics is 'What was closed and handed on in each hour, by sweeps and by whoever came first, as far back as events are kept (settings.retention).';

grant select on apartado.reservation_summary, apartado.overdue_reservations, apartado.queue_summary, apartado.cleanup_statistics
  to apartado_reader, apartado_operator;
