drop function if exists apartado._rules(bigint, bigint);

alter table apartado.reservations
  drop column if exists warned_of;

alter table apartado.stock
  drop column if exists expiring_soon;

alter table apartado.policies
  drop constraint if exists policy_default_says_when_it_expires_soon,
  drop constraint if exists policy_expiring_soon_is_possible,
  drop column if exists expiring_soon;
