-- Views: what functions and readers look at again and again. Replaced at every migrate, after the functions.

create or replace view apartado.servable_entries as
select q.queue_entry_id, q.stock_id, q.member_id, q.quantity, q.priority, q.rank, q.waiting_since, q.needed_until
  from apartado.queue_entries q
  join apartado.members m on m.member_id = q.member_id
 where q.status = 'waiting'
   and m.barred_at is null
   and (q.wish_id is null or exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is null));

comment on view apartado.servable_entries is 'Entries that can be served: they wait, their member may act, their wish is open. Whether they are still needed (needed_until) is for the clock to say.';
