-- _check_identity: whether issuer and subject are what another login may name somebody by.
--
-- Raises  RS205 issuer or subject missing, or too long (300, 255 characters)
create or replace function apartado._check_identity(p_issuer text, p_subject text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(btrim(p_issuer), '') = '' or length(p_issuer) > 300 then
    perform apartado._refuse('RS205', 'issuer', jsonb_build_object('shortest', 1, 'longest', 300));
  elsif coalesce(btrim(p_subject), '') = '' or length(p_subject) > 255 then
    perform apartado._refuse('RS205', 'subject', jsonb_build_object('shortest', 1, 'longest', 255));
  end if;
end;
$$;

comment on function apartado._check_identity(text, text) is 'Whether issuer and subject are what another login may name somebody by.';
