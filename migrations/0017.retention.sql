-- depends: 0016.limits
-- How long the ledger is kept, and members whose name was taken out of everything.

alter table apartado.settings
  add column if not exists retention interval not null default interval '9600 hours',
  add column if not exists purged_to bigint not null default 0;

alter table apartado.settings
  drop constraint if exists setting_retention_is_a_month_or_more,
  add constraint setting_retention_is_a_month_or_more check (retention >= interval '720 hours');

comment on column apartado.settings.retention is 'Events, and sessions that are over, are kept for so long; then the job purges them.';

comment on column apartado.settings.purged_to is 'The position up to which events were purged.';

alter table apartado.members
  add column if not exists anonymised_at timestamptz;

alter table apartado.members
  drop constraint if exists member_without_a_name_is_barred,
  add constraint member_without_a_name_is_barred check (
    anonymised_at is null or barred_at is not null and num_nonnulls(display_name, avatar) = 0 and not is_operator);

comment on column apartado.members.anonymised_at is 'When the name was taken out of everything; what they did stays, under an alias that says nothing. Null: it was not.';
