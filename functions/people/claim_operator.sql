-- claim_operator: become the first operator with the bootstrap secret, which works once.
--
-- Gives   the member
-- Raises  RS601 not the secret, or it was used
-- Locks   the member row, then the secret's row
-- Tells   member.changed, through triggers/members.sql
-- Notes   whoever offers this to strangers calls count_attempt first, in a transaction of its own
create or replace function apartado.claim_operator(
  p_member        text,
  p_secret        text,
  out alias       text,
  out is_operator boolean
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._lock_member(p_member);
begin
  update apartado.bootstrap_secrets b
     set used_at = apartado.clock(), used_by = v_member_id
   where b.secret_hash = apartado._hash(p_secret)
     and b.used_at is null;
  if not found then
    perform apartado._refuse('RS601/bootstrap', 'secret');
  end if;

  select o.alias, o.is_operator
    into alias, is_operator
    from apartado._set_operator(p_member, true) o;
  delete from apartado.attempts a where a.kind = 'claim_operator' and a.subject = claim_operator.alias;
end;
$$;

comment on function apartado.claim_operator(text, text) is 'Become the first operator with the bootstrap secret, which works once. Example: select * from apartado.claim_operator(''ana'', ''the bootstrap secret'')';

grant execute on function apartado.claim_operator to apartado_api, apartado_operator;
