-- depends: 0004.events
-- What keeps it running: messages to people, remembered answers, wanted jobs.

create table if not exists apartado.messages (
  code     text not null,
  language text not null,
  message  text not null,
  hint     text not null,
  constraint messages_pkey primary key (code, language),
  constraint message_code_is_of_class_rs check (code ~ '^RS[1-6][0-9]{2}$'),
  constraint message_language_is_known check (language in ('en', 'es')),
  constraint message_is_not_blank check (btrim(message) <> '' and btrim(hint) <> '')
);

comment on table apartado.messages is 'What a refusal says, in each language. Contents: sql/messages.sql.';

create table if not exists apartado.idempotency_keys (
  owner      text not null,
  key        text not null,
  function   text not null,
  request    bytea not null,
  answer     jsonb not null,
  created_at timestamptz not null,
  constraint idempotency_keys_pkey primary key (owner, key),
  constraint idempotency_key_is_short check (length(key) between 1 and 200)
);

create index if not exists idempotency_keys_by_age on apartado.idempotency_keys (created_at);

comment on table apartado.idempotency_keys is 'Answers of commands that brought a key, given back unchanged for 24 hours.';
comment on column apartado.idempotency_keys.owner is 'Whose key: a member''s alias, or role:<database role>.';
comment on column apartado.idempotency_keys.request is 'sha256 of the parameters: another request under the same key is refused.';

create table if not exists apartado.jobs (
  job         text not null,
  command     text not null,
  every       interval not null,
  last_run_at timestamptz not null default '-infinity',
  last_result text,
  constraint jobs_pkey primary key (job),
  constraint job_name_is_short check (job ~ '^[a-z_]{1,40}$'),
  constraint job_runs_at_most_each_second check (every >= interval '1 second'),
  constraint job_runs_at_least_daily check (every <= interval '24 hours')
) with (fillfactor = 50);

comment on table apartado.jobs is 'The wanted jobs. Contents: sql/jobs.sql. sync_jobs() makes pg_cron match it; run_due_jobs() runs them, whoever calls it.';
comment on column apartado.jobs.command is 'One SQL statement that answers one row; the row is kept as last_result.';

alter table apartado.messages enable row level security;
alter table apartado.idempotency_keys enable row level security;
alter table apartado.jobs enable row level security;
