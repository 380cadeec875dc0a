-- _take_turn: lets one member's commands that count over their reservations come one after the other.
--
-- Gives   the member's id, and their class (null: none)
-- Raises  RS601 nobody was named · RS103 no such member · RS604 barred, if only while they waited
-- Locks   the member's turn, and bumps it: at REPEATABLE READ, too, two of them cannot both pass a limit
-- Notes   before any stock row, which is then held for shorter; what the member has is counted under the stock row's lock,
--         because at SERIALIZABLE each count before it is a read-write conflict with everybody else who waits. INSERT … ON
--         CONFLICT, because it goes by the key alone: the plan of an UPDATE may scan the table, which is such a conflict, too
create or replace function apartado._take_turn(p_member text, out member_id bigint, out class_id bigint)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_barred boolean;
begin
  insert into apartado.member_turns as t (member_id, turn, class_id, barred)
  select m.member_id, 1, m.class_id, m.barred_at is not null
    from apartado.members m
   where m.alias = p_member
  on conflict (member_id) do update
     set turn = t.turn + 1
  returning t.member_id, t.class_id, t.barred into member_id, class_id, v_barred;

  if member_id is null then
    -- the alias came in another form; no endless recursion, because _member_id refuses one that is nobody's
    select t.member_id, t.class_id
      into member_id, class_id
      from apartado.members m
     cross join lateral apartado._take_turn(m.alias) t
     where m.member_id = apartado._member_id(p_member);
    return;
  end if;

  -- checked again under the turn: bar_member and anonymise take it, too, and may have come first
  if v_barred and apartado._member_id(p_member) <> member_id then
    perform apartado._refuse('RS103', 'member');
  end if;
end;
$$;

comment on function apartado._take_turn(text) is 'Lets one member''s commands that count over their reservations come one after the other.';
