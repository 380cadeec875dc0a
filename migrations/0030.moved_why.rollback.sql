update apartado.queue_entries q
   set reason = coalesce(q.reason, q.move_reason)
 where q.closed_at is null
   and q.move_reason is not null;

alter table apartado.queue_entries
  drop column if exists move_reason;

comment on column apartado.queue_entries.reason is 'Why it was moved, removed, suspended or closed, for the member to read.';
