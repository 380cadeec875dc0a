-- depends: 0015.undone_sales
-- How often secrets may be tried, and how many commands a session may give.

alter table apartado.settings
  add column if not exists alias_limit integer not null default 10,
  add column if not exists address_limit integer not null default 20,
  add column if not exists command_limit integer not null default 6000;

alter table apartado.settings
  drop constraint if exists setting_limits_are_possible,
  add constraint setting_limits_are_possible check (
    alias_limit between 0 and 1000000 and address_limit between 0 and 1000000 and command_limit between 0 and 1000000);

-- a success takes its try back
alter table apartado.attempts
  drop constraint if exists attempt_tries_are_positive,
  drop constraint if exists attempt_tries_are_not_negative,
  add constraint attempt_tries_are_not_negative check (tries >= 0);

comment on column apartado.settings.alias_limit is 'How often in five minutes a secret may be tried for one alias, or one group of pairing codes. 0: no limit.';
comment on column apartado.settings.address_limit is 'How often in five minutes tries at secrets may fail from one address. 0: no limit.';
comment on column apartado.settings.command_limit is 'How many commands in a minute a session may give over HTTP. 0: no limit.';
comment on table apartado.attempts is 'How often something was done for a subject in the present window: tries at a secret for an alias or from an address, commands of a session. Counted by statements of their own, because a refusal rolls back everything beside it.';

drop function if exists apartado.change_settings(text, text, text, text);
