-- _recall: the answer that was given under this idempotency key, or null.
--
-- Gives   the answer, or null: no key, or a new one
-- Raises  RS205 the key is empty or longer than 200 characters · RS310 it was used for another request
-- Locks   the key, so that two with the same one come one after the other
create or replace function apartado._recall(
  p_owner    text,
  p_key      text,
  p_function text,
  p_request  jsonb
)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_known apartado.idempotency_keys;
begin
  if p_key is null then
    return null;
  elsif length(p_key) not between 1 and 200 then
    perform apartado._refuse('RS205', 'idempotency_key', jsonb_build_object('shortest', 1, 'longest', 200));
  end if;

  perform pg_advisory_xact_lock(apartado._key_lock(p_owner, p_key));

  select k.*
    into v_known
    from apartado.idempotency_keys k
   where k.owner = p_owner
     and k.key = p_key
     and k.created_at > apartado.clock() - apartado._key_lifetime();

  if v_known.key is not null
     and (v_known.function, v_known.request) is distinct from (p_function, apartado._hash(p_request::text)) then
    perform apartado._refuse('RS310', 'idempotency_key', jsonb_build_object('function', v_known.function));
  end if;

  return v_known.answer;
end;
$$;

comment on function apartado._recall(text, text, text, jsonb) is 'The answer that was given under this idempotency key, or null.';
