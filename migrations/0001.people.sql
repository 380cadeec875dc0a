-- Who acts: members, their sessions, their attempts at signing in.

create table if not exists apartado.members (
  member_id    bigint generated always as identity,
  alias        text not null,
  secret_hash  bytea not null,
  is_operator  boolean not null default false,
  language     text not null default 'en',
  barred_at    timestamptz,
  created_at   timestamptz not null,
  constraint members_pkey primary key (member_id),
  constraint member_alias_is_unique unique (alias),
  constraint member_alias_is_canonical check (alias ~ '^[a-z0-9_][a-z0-9_.-]{0,31}$'),
  constraint member_secret_is_a_sha256 check (length(secret_hash) = 32),
  constraint member_language_is_known check (language in ('en', 'es'))
);

comment on table apartado.members is 'A person, known by an alias.';
comment on column apartado.members.secret_hash is 'sha256 of the recovery secret. The secret itself is never stored.';
comment on column apartado.members.barred_at is 'Since when the member may do nothing; null: not barred.';

create table if not exists apartado.member_turns (
  member_id bigint not null,
  turn      bigint not null default 0,
  constraint member_turns_pkey primary key (member_id),
  constraint member_turn_is_of_a_member foreign key (member_id) references apartado.members
) with (fillfactor = 50);

comment on table apartado.member_turns is 'The row of a member that a command locks and bumps before it counts over their reservations, so that two commands of one member cannot both pass a limit, at any isolation level. Apart from members, because the bump then writes two numbers and not the person.';

create table if not exists apartado.sessions (
  session_id   bigint generated always as identity,
  member_id    bigint not null,
  token_hash   bytea not null,
  language     text not null,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  constraint sessions_pkey primary key (session_id),
  constraint session_token_is_unique unique (token_hash),
  constraint session_belongs_to_a_member foreign key (member_id) references apartado.members,
  constraint session_token_is_a_sha256 check (length(token_hash) = 32),
  constraint session_language_is_known check (language in ('en', 'es')),
  constraint session_expires_after_its_beginning check (expires_at > created_at),
  constraint session_lasts_at_most_30_days check (expires_at <= created_at + interval '720 hours')
) with (fillfactor = 70);

create index if not exists sessions_of_a_member on apartado.sessions (member_id);

comment on table apartado.sessions is 'A signed-in device. Absolute life of 30 days; ended_at says when it was signed out.';
comment on column apartado.sessions.token_hash is 'sha256 of the bearer token. The token itself is never stored.';
comment on column apartado.sessions.last_seen_at is 'Written at most once in five minutes.';

create table if not exists apartado.attempts (
  kind              text not null,
  subject           text not null,
  window_started_at timestamptz not null,
  tries             integer not null,
  constraint attempts_pkey primary key (kind, subject),
  constraint attempt_tries_are_positive check (tries > 0)
) with (fillfactor = 70);

comment on table apartado.attempts is 'How often a secret was tried for a subject in the present window. Counted by a statement of its own before the attempt, because a refusal rolls back everything beside it.';

create table if not exists apartado.bootstrap_secrets (
  secret_hash bytea not null,
  created_at  timestamptz not null,
  used_at     timestamptz,
  used_by     bigint,
  constraint bootstrap_secrets_pkey primary key (secret_hash),
  constraint bootstrap_secret_was_used_by_a_member foreign key (used_by) references apartado.members,
  constraint bootstrap_secret_is_a_sha256 check (length(secret_hash) = 32),
  constraint bootstrap_secret_use_is_whole check ((used_at is null) = (used_by is null))
);

comment on table apartado.bootstrap_secrets is 'Secrets that make one operator each, once.';

alter table apartado.members enable row level security;
alter table apartado.member_turns enable row level security;
alter table apartado.sessions enable row level security;
alter table apartado.attempts enable row level security;
alter table apartado.bootstrap_secrets enable row level security;
