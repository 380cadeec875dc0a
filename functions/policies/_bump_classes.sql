-- _bump_classes: stops or lets finish what members of some classes are about to do by their old rules.
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

comment on function apartado._bump_classes(bigint[]) is 'Stops or lets finish what members of some classes are about to do by their old rules.';
