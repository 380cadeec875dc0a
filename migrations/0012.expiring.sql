-- depends: 0011.registration
-- Holders are told when their deadline is near: when that is, and which deadline they were told of.

alter table apartado.policies
  add column if not exists expiring_soon interval;

update apartado.policies
   set expiring_soon = interval '24 hours'
 where name = 'default' and expiring_soon is null;

alter table apartado.policies
  drop constraint if exists policy_default_says_when_it_expires_soon,
  drop constraint if exists policy_expiring_soon_is_possible,
  add constraint policy_default_says_when_it_expires_soon check (name <> 'default' or expiring_soon is not null),
  add constraint policy_expiring_soon_is_possible check (
    expiring_soon >= interval '0' and expiring_soon <= interval '8784 hours'
    and extract(day from expiring_soon) = 0 and extract(month from expiring_soon) = 0 and extract(year from expiring_soon) = 0);

comment on column apartado.policies.expiring_soon is 'reservation.expiring is told so long before the deadline, and never before three quarters of the time have passed; 0: never.';

alter table apartado.stock
  add column if not exists expiring_soon interval not null default interval '24 hours';

comment on column apartado.stock.expiring_soon is 'How long before a deadline its holder is told. Carried here like the other rules.';

alter table apartado.reservations
  add column if not exists warned_of timestamptz;

comment on column apartado.reservations.warned_of is 'The deadline that its holder was told is near; null: none yet. In no index.';

-- it gives one column more, and is made anew with everything else
drop function if exists apartado._rules(bigint, bigint);
