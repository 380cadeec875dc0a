-- _remember: keeps the answer of a command that brought an idempotency key.
--
-- Raises  40001 somebody else remembered the key meanwhile: the retry finds it
create or replace function apartado._remember(
  p_owner    text,
  p_key      text,
  p_function text,
  p_request  jsonb,
  p_answer   jsonb
)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := apartado.clock();
begin
  if p_key is null then
    return;
  end if;

  insert into apartado.idempotency_keys as k (owner, key, function, request, answer, created_at)
  values (p_owner, p_key, p_function, apartado._hash(p_request::text), p_answer, v_now)
  on conflict (owner, key) do update
     set function = excluded.function, request = excluded.request, answer = excluded.answer, created_at = excluded.created_at
   where k.created_at <= v_now - apartado._key_lifetime();

  if not found then
    raise exception using errcode = '40001', message = 'the idempotency key was used a moment ago';
  end if;
end;
$$;

comment on function apartado._remember(text, text, text, jsonb, jsonb) is 'Keeps the answer of a command that brought an idempotency key.';
