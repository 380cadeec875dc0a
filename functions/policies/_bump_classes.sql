-- _bump_classes: waits for commands that members of some classes have begun by their old rules, or makes them fail.
--
-- Locks   the turns of their members, by member, and bumps them; before any stock row
create or replace function apartado._bump_classes(p_class_ids bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._bump_turns(array(select m.member_id from apartado.members m where m.class_id = any (p_class_ids)));
end;
$$;

comment on function apartado._bump_classes(bigint[]) is 'Waits for commands that members of some classes have begun by their old rules, or makes them fail.';
