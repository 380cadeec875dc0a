-- depends: 0022.wanted_jobs
-- Webhooks: servers of the shop's that are sent the events, in order, from where each stands.

create table if not exists apartado.webhooks (
  webhook_id    bigint generated always as identity,
  url           text not null,
  kinds         text[],
  pos           bigint not null,
  through       bigint,
  message       bigint not null default 0,
  failures      integer not null default 0,
  failing_since timestamptz,
  next_at       timestamptz not null default '-infinity',
  last_status   integer,
  last_error    text,
  paused_at     timestamptz,
  created_at    timestamptz not null,
  constraint webhooks_pkey primary key (webhook_id),
  constraint webhook_url_is_http check (url ~ '^https?://[^/?#[:space:]@]+([/?][^#[:space:]]*)?$' and length(url) <= 2000),
  constraint webhook_kinds_are_some check (cardinality(kinds) between 1 and 100),
  constraint webhook_stands_somewhere check (pos >= 0 and through > pos),
  constraint webhook_failures_have_a_beginning check (failures >= 0 and (failures > 0) = (failing_since is not null))
);

comment on table apartado.webhooks is 'Servers that are sent the events. Each stands at a position of the ledger, so nothing is kept for it, and nothing is left out that was not purged before. The secret that signs what is sent is not here: the service has it.';
comment on column apartado.webhooks.url is 'Where the messages go: http or https, without a name and password. Which hosts may be called is said by whoever runs the service (APARTADO_WEBHOOK_HOSTS).';
comment on column apartado.webhooks.kinds is 'Kinds of events that are sent; null: all.';
comment on column apartado.webhooks.pos is 'Position of the ledger up to which everything arrived.';
comment on column apartado.webhooks.through is 'Position up to which the message reaches that is under way, or is to be sent again: the same events under the same number; null: none is.';
comment on column apartado.webhooks.message is 'Number of the message that is under way, or was the last.';
comment on column apartado.webhooks.failures is 'Failed tries in a row.';
comment on column apartado.webhooks.next_at is 'Before this moment nobody sends it anything: a service is at it, or it has failed and is given time.';
comment on column apartado.webhooks.last_status is 'HTTP status of the last answer; null: there was none.';
comment on column apartado.webhooks.last_error is 'Why the last try failed; null: it did not.';
comment on column apartado.webhooks.paused_at is 'Since when nothing is sent; null: it is.';

alter table apartado.webhooks enable row level security;

-- takes more now, and is made anew with everything else
drop function if exists apartado._told(bigint, integer, bigint, boolean, bigint[], text, bigint);
