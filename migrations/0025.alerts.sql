-- depends: 0024.used_carts
-- Alerts: measures of health that are past their limit, so that each crossing is told once.

create table if not exists apartado.alerts (
  measure text not null,
  value   bigint not null,
  largest bigint not null,
  unit    text not null,
  since   timestamptz not null,
  told_at timestamptz,
  constraint alerts_pkey primary key (measure),
  constraint alert_is_past_its_limit check (value > largest)
);

comment on table apartado.alerts is 'Measures of health that are past their limit. A row comes with the crossing and goes with the return.';
comment on column apartado.alerts.measure is 'Its name in health().';
comment on column apartado.alerts.value is 'What it was when it was seen first, or told.';
comment on column apartado.alerts.largest is 'The most that is well.';
comment on column apartado.alerts.since is 'When somebody first saw it past its limit.';
comment on column apartado.alerts.told_at is 'When it was told; null: it was seen once.';

alter table apartado.alerts enable row level security;
