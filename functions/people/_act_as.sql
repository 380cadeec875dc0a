-- _act_as: from here to the end of the transaction, who acts and in which language.
--
-- Tells   nothing itself; the triggers that record events and the messages read what it sets
create or replace function apartado._act_as(p_actor text, p_session bigint, p_language text)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('apartado.actor', p_actor, true),
          set_config('apartado.session', coalesce(p_session::text, ''), true),
          set_config('apartado.language', coalesce(p_language, ''), true);
end;
$$;

comment on function apartado._act_as(text, bigint, text) is 'From here to the end of the transaction, who acts and in which language.';
