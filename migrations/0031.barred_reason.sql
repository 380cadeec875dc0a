-- depends: 0030.moved_why
-- Why a member was barred, for them to read: the ledger, which had it, is not theirs to read any more.

alter table apartado.members
  add column if not exists barred_reason text;

alter table apartado.members
  drop constraint if exists member_is_barred_for_a_reason,
  add constraint member_is_barred_for_a_reason check (barred_reason is null or barred_at is not null);

comment on column apartado.members.barred_reason is 'Why they are barred, as the operator said it, for them to read. Null: not barred, or from before this was kept.';
