-- _bump_turns: takes the turns of some members, for what is done to them and not by them.
--
-- Locks   their turns, by member, so that two who take several cannot deadlock, and bumps them; before any stock row
-- Notes   as _take_turn, but of any number, and of members who are barred, too
create or replace function apartado._bump_turns(p_member_ids bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.member_turns as t (member_id, turn, class_id, barred)
  select m.member_id, 1, m.class_id, m.barred_at is not null
    from apartado.members m
   where m.member_id = any (p_member_ids)
   order by m.member_id
  on conflict (member_id) do update
     set turn = t.turn + 1;
end;
$$;

comment on function apartado._bump_turns(bigint[]) is 'Takes the turns of some members, for what is done to them and not by them.';
