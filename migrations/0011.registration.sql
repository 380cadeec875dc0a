-- depends: 0010.finding
-- Who may become a member, invitations, and what a session calls its device.

alter table apartado.sessions
  add column if not exists device_name text;

alter table apartado.sessions
  drop constraint if exists session_device_name_is_short,
  add constraint session_device_name_is_short check (length(device_name) between 1 and 100);

comment on column apartado.sessions.device_name is 'What its member calls the device, as the client told it. Nothing depends on it.';

create table if not exists apartado.settings (
  only_row     boolean not null default true,
  registration text not null default 'open',
  constraint settings_pkey primary key (only_row),
  constraint settings_are_one_row check (only_row),
  constraint setting_registration_is_known check (registration in ('open', 'invite', 'closed'))
);

insert into apartado.settings default values on conflict do nothing;

comment on table apartado.settings is 'What holds for the whole shop; one row. change_settings writes it.';
comment on column apartado.settings.registration is 'Who may become a member: anybody (open), who brings an invitation (invite), or nobody (closed). Members sign in whatever it says.';

create table if not exists apartado.invitations (
  invitation_id bigint generated always as identity,
  code_hash     bytea not null,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  used_by       bigint,
  constraint invitations_pkey primary key (invitation_id),
  constraint invitation_code_is_unique unique (code_hash),
  constraint invitation_was_used_by_a_member foreign key (used_by) references apartado.members,
  constraint invitation_code_is_a_sha256 check (length(code_hash) = 32),
  constraint invitation_lasts_at_most_30_days check (expires_at > created_at and expires_at <= created_at + interval '720 hours'),
  constraint invitation_use_is_whole check ((used_at is null) = (used_by is null))
);

comment on table apartado.invitations is 'Codes with which one person each may become a member, once.';
comment on column apartado.invitations.code_hash is 'sha256 of the code. The code itself is never stored.';

alter table apartado.settings enable row level security;
alter table apartado.invitations enable row level security;

drop function if exists apartado.list_sessions(text);
