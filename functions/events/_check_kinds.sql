-- _check_kinds: whether each of some kinds of events is one.
--
-- Raises  RS205 one is none; the detail says which there are of that thing, or which things there are
-- Notes   p_or_things: what stands before the dot is enough, for all of a thing
create or replace function apartado._check_kinds(p_kinds text[], p_or_things boolean)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_wrong text;
  v_known text;
begin
  select k.kind
    into v_wrong
    from unnest(p_kinds) with ordinality k (kind, place)
   where not exists (
     select
       from unnest(apartado._event_kinds()) e (kind)
      where k.kind = e.kind or p_or_things and k.kind = split_part(e.kind, '.', 1))
   order by k.place
   limit 1;
  if not found then
    return;
  end if;

  select coalesce(string_agg(e.kind, ', ') filter (where split_part(e.kind, '.', 1) = split_part(v_wrong, '.', 1)),
                  string_agg(distinct split_part(e.kind, '.', 1) || '.…', ', '))
    into v_known
    from unnest(apartado._event_kinds()) e (kind);
  perform apartado._refuse('RS205', 'kinds', jsonb_build_object('kind', left(v_wrong, 100), 'known', v_known));
end;
$$;

comment on function apartado._check_kinds(text[], boolean) is 'Whether each of some kinds of events is one.';
