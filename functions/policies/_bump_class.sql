-- _bump_class: stops or lets finish what members of a class are about to do by its old rules.
--
-- Locks   the turns of its members, by member, and bumps them; before any stock row
create or replace function apartado._bump_class(p_class_id bigint)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.member_turns as t (member_id, turn, class_id)
  select m.member_id, 1, m.class_id
    from apartado.members m
   where m.class_id = p_class_id
   order by m.member_id
      on conflict (member_id) do update
     set turn = t.turn + 1;
end;
$$;

comment on function apartado._bump_class(bigint) is 'Stops or lets finish what members of a class are about to do by its old rules.';
