-- depends: 0021.lottery
-- Since when a job is wanted: one that never ran is late only after it has had its time, and not in the first second of a new
-- service.

alter table apartado.jobs
  add column if not exists wanted_since timestamptz not null default '-infinity';

comment on column apartado.jobs.wanted_since is 'When it became a wanted job; -infinity: long ago. No job is late before it has had its time since then.';
