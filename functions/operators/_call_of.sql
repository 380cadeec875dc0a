-- _call_of: the statement that calls an action of operators with arguments out of one JSON object.
--
-- Gives   a statement with two parameters, the actor and the object; it answers the rows as one JSON array, each value as it is over
--         HTTP: numeric as text, times in UTC
-- Raises  RS205 not an action of operators, no object, an argument that it does not have, cannot be read, or is lacking
-- Notes   names come from the catalogue, never from the caller: a public function that writes and whose first parameter is
--         p_actor. Values stay in the object, and are read as what each parameter is
create or replace function apartado._call_of(p_function text, p_args jsonb)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_function record;
  v_unknown  text;
  v_known    text;
  v_lacking  text;
  v_unread   text[];
  v_list     text;
  v_names    text;
  v_values   text;
begin
  select p.oid, p.proname, p.proargnames, p.pronargs, p.pronargdefaults, p.proargtypes, p.proallargtypes, p.proargmodes
    into v_function
    from pg_proc p
   where p.pronamespace = 'apartado'::regnamespace
     and p.proname = p_function
     and p.proname !~ '^(_|preview$)'
     and p.prokind = 'f'
     and p.provolatile = 'v'
     and p.proargnames[1] = 'p_actor'
     and has_function_privilege('apartado_operator', p.oid, 'execute');
  if not found then
    perform apartado._refuse('RS205', 'function', jsonb_build_object('function', left(p_function, 100)));
  elsif jsonb_typeof(p_args) is distinct from 'object' then
    perform apartado._refuse('RS205', 'args', '{"expected": "object"}');
  end if;

  with parameters as (
    select u.place, u.name, format_type(v_function.proargtypes[u.place - 1], null) as type,
           u.place <= v_function.pronargs - v_function.pronargdefaults as needed
      from unnest(v_function.proargnames[:v_function.pronargs]) with ordinality u (name, place)
     where u.name not in ('p_actor', 'p_idempotency_key')
  )
  select min(k.key) filter (where p.name is null),
         string_agg(substr(p.name, 3), ', ' order by p.place),
         min(p.name) filter (where p.needed and k.key is null),
         string_agg(format(case
           when p.type = 'jsonb' then '%1$I => $2 -> %2$L'
           when p.type = 'interval' then '%1$I => apartado._read_ttl($2 -> %2$L)'
           when p.type like '%[]' then '%1$I => case jsonb_typeof($2 -> %2$L) when ''null'' then null else array(select jsonb_array_elements_text($2 -> %2$L))::%3$s end'
           else '%1$I => ($2 ->> %2$L)::%3$s'
         end, p.name, k.key, p.type), ', ' order by p.place) filter (where k.key is not null and p.name is not null),
         array_agg(array[k.key, p.type] order by p.place)
           filter (where case when k.key is not null and p.name is not null then not apartado._is_readable(p_args -> k.key, p.type) end)
    into v_unknown, v_known, v_lacking, v_list, v_unread
    from parameters p
    full join jsonb_object_keys(p_args) k (key) on 'p_' || k.key = p.name;
  if v_unknown is not null or v_lacking is not null then
    perform apartado._refuse(case when v_unknown is null then 'RS205' else 'RS205/unknown' end, 'args', jsonb_strip_nulls(jsonb_build_object(
      'unknown', left(v_unknown, 100), 'known', case when v_unknown is not null then v_known end, 'lacking', substr(v_lacking, 3))));
  elsif v_unread is not null then
    perform apartado._refuse('RS205', 'args', jsonb_build_object('function', p_function, 'argument', v_unread[1][1], 'expected', case
      when v_unread[1][2] = 'integer' then 'whole number up to 2147483647'
      when v_unread[1][2] = 'bigint' then 'whole number'
      when v_unread[1][2] = 'boolean' then 'true or false'
      when v_unread[1][2] = 'numeric' then 'number'
      when v_unread[1][2] = 'interval' then 'seconds, or ISO 8601 without years and months'
      when v_unread[1][2] like 'timestamp%' then 'ISO 8601 with its offset'
      when v_unread[1][2] = 'bigint[]' then 'list of whole numbers'
      when v_unread[1][2] like '%[]' then 'list of texts'
      else 'text' end));
  end if;

  select string_agg(quote_ident(u.name), ', ' order by u.place),
         string_agg(format(case u.type
           when 'numeric'::regtype then '%1$L, f.%1$I::text'
           when 'timestamptz'::regtype then '%1$L, apartado._utc(f.%1$I)'
           else '%1$L, f.%1$I'
         end, u.name), ', ' order by u.place)
    into v_names, v_values
    from unnest(v_function.proargnames, v_function.proallargtypes, v_function.proargmodes) with ordinality u (name, type, mode, place)
   where u.mode in ('o', 't');

  return format('select coalesce(jsonb_agg(jsonb_build_object(%s)), ''[]'') from apartado.%I(%s) f (%s)', v_values, v_function.proname,
                concat_ws(', ', 'p_actor => $1', v_list), v_names);
end;
$$;

comment on function apartado._call_of(text, jsonb) is 'The statement that calls an action of operators with arguments out of one JSON object.';
