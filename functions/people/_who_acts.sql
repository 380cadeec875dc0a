-- _who_acts: who acts at this moment, and in which language.
--
-- Gives   what _act_as takes, so that a command that speaks as somebody else for a while can put it back
create or replace function apartado._who_acts(
  out actor    text,
  out session  bigint,
  out language text
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  actor := coalesce(current_setting('apartado.actor', true), '');
  session := nullif(current_setting('apartado.session', true), '')::bigint;
  language := current_setting('apartado.language', true);
end;
$$;

comment on function apartado._who_acts() is 'Who acts at this moment, and in which language.';
