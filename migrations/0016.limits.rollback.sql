drop function if exists apartado.change_settings(text, text, integer, integer, integer, text, text);

alter table apartado.settings
  drop constraint if exists setting_limits_are_possible,
  drop column if exists alias_limit,
  drop column if exists address_limit,
  drop column if exists command_limit;

delete from apartado.attempts where tries = 0;

alter table apartado.attempts
  drop constraint if exists attempt_tries_are_not_negative,
  drop constraint if exists attempt_tries_are_positive,
  add constraint attempt_tries_are_positive check (tries > 0);

comment on table apartado.attempts is 'How often a secret was tried for a subject in the present window. Counted by a statement of its own before the attempt, because a refusal rolls back everything beside it.';
