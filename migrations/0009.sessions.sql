-- depends: 0008.line
-- A profile, codes that pair a second device, and subjects of other logins that are linked to a member.

alter table apartado.members
  add column if not exists display_name text,
  add column if not exists avatar text,
  add column if not exists show_name boolean not null default false;

alter table apartado.members
  drop constraint if exists member_display_name_is_short,
  drop constraint if exists member_avatar_is_an_address,
  add constraint member_display_name_is_short check (length(display_name) between 1 and 50),
  add constraint member_avatar_is_an_address check (avatar ~ '^https?://' and length(avatar) <= 2000);

comment on column apartado.members.display_name is 'What others may call them, where show_name says so. Not unique, and nothing to sign in with.';
comment on column apartado.members.avatar is 'The address of a picture. Only the address is kept.';
comment on column apartado.members.show_name is 'Consent to be named among the latest buyers.';

create table if not exists apartado.pairing_codes (
  member_id  bigint not null,
  session_id bigint,
  code_hash  bytea not null,
  expires_at timestamptz not null,
  constraint pairing_codes_pkey primary key (member_id),
  constraint pairing_code_is_unique unique (code_hash),
  constraint pairing_code_is_of_a_member foreign key (member_id) references apartado.members,
  constraint pairing_code_is_of_a_session foreign key (session_id) references apartado.sessions,
  constraint pairing_code_is_a_sha256 check (length(code_hash) = 32)
);

comment on table apartado.pairing_codes is 'The live code of a member with which another device may sign in, once. Gone when it is used.';
comment on column apartado.pairing_codes.session_id is 'The session that asked for it, with which it dies; null: asked for by a database role.';
comment on column apartado.pairing_codes.code_hash is 'sha256 of the code. The code itself is never stored.';

create table if not exists apartado.identities (
  issuer    text not null,
  subject   text not null,
  member_id bigint not null,
  linked_at timestamptz not null,
  constraint identities_pkey primary key (issuer, subject),
  constraint identity_is_of_a_member foreign key (member_id) references apartado.members,
  constraint identity_issuer_is_no_novel check (length(issuer) between 1 and 300),
  constraint identity_subject_is_no_novel check (length(subject) between 1 and 255)
);

create index if not exists identities_of_a_member on apartado.identities (member_id);

comment on table apartado.identities is 'A subject that another login vouches for, and the member it is.';

alter table apartado.pairing_codes enable row level security;
alter table apartado.identities enable row level security;
