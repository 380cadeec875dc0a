-- _take_turns: takes the turns of two members, for what counts over one and is done by the other.
--
-- Gives   the class of the second (null: none)
-- Locks   both turns, by id, so that two who hand things to each other do not wait for each other
create or replace function apartado._take_turns(p_one_id bigint, p_other_id bigint)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member_id bigint;
begin
  for v_member_id in
    select m.member_id
      from apartado.members m
     where m.member_id in (p_one_id, p_other_id)
     order by m.member_id
  loop
    perform apartado._bump_turns(array[v_member_id]);
  end loop;

  return (select t.class_id from apartado.member_turns t where t.member_id = p_other_id);
end;
$$;

comment on function apartado._take_turns(bigint, bigint) is 'Takes the turns of two members, for what counts over one and is done by the other.';
