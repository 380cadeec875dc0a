-- _admits: whether somebody new may become a member now.
--
-- Gives   true where registration is open, or by invitation and this one is good
create or replace function apartado._admits(p_invitation text, p_now timestamptz)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select s.registration = 'open'
           or s.registration = 'invite' and exists (
             select
               from apartado.invitations i
              where i.code_hash = apartado._hash(apartado._canonical_code(p_invitation))
                and i.used_at is null
                and i.expires_at > p_now)
      from apartado.settings s);
end;
$$;

comment on function apartado._admits(text, timestamptz) is 'Whether somebody new may become a member now.';
