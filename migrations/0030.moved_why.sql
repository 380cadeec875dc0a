-- depends: 0029.checkouts_and_walk_ins
-- Why an operator moved an entry stands by itself: as the reason of its last change it was lost with the next one, and was taken
-- for the reason of that.

alter table apartado.queue_entries
  add column if not exists move_reason text;

comment on column apartado.queue_entries.move_reason is 'Why an operator moved it, the last time, for the member to read.';
comment on column apartado.queue_entries.reason is 'Why it was removed, suspended or closed, for the member to read.';

-- what says missed may have been the database's word
update apartado.queue_entries q
   set move_reason = q.reason, reason = null
 where q.closed_at is null
   and q.moves > 0
   and q.move_reason is null
   and q.reason <> 'missed';
