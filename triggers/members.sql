-- Members: each has a turn; their class, and whether they are barred, stand on it, too; who becomes an operator, is barred, or
-- changes class, profile or secret is told to them and to operators.

create or replace function apartado.tg_members__open_turn()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.member_turns (member_id, class_id, barred)
  select n.member_id, n.class_id, n.barred_at is not null from new_rows n
  on conflict do nothing;
  return null;
end;
$$;

comment on function apartado.tg_members__open_turn() is 'Every member has their turn from the beginning, so that their first command finds it, too.';

create or replace trigger _200_open_turn
  after insert on apartado.members
  referencing new table as new_rows
  for each statement
  execute function apartado.tg_members__open_turn();

create or replace function apartado.tg_members__carry_to_turn()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.class_id is distinct from old.class_id then
    perform apartado._pass_gate();
  end if;
  insert into apartado.member_turns as t (member_id, turn, class_id, barred)
  values (new.member_id, 1, new.class_id, new.barred_at is not null)
      on conflict (member_id) do update
     set turn = t.turn + 1, class_id = excluded.class_id, barred = excluded.barred;
  return null;
end;
$$;

comment on function apartado.tg_members__carry_to_turn() is 'Carries a member''s class, and whether they are barred, to their turn, which their commands take.';

create or replace trigger _400_carry_to_turn
  after update of class_id, barred_at on apartado.members
  for each row
  when (old.class_id is distinct from new.class_id or (old.barred_at is null) <> (new.barred_at is null))
  execute function apartado.tg_members__carry_to_turn();

create or replace function apartado.tg_members__look_again()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock_ids bigint[];
begin
  select array_agg(l.stock_id)
    into v_stock_ids
    from (select s.stock_id
            from apartado.stock s
           where s.stock_id in (select q.stock_id from apartado.queue_entries q where q.member_id = new.member_id and q.status in ('waiting', 'offered', 'suspended'))
           order by s.stock_id
             for no key update) l;

  update apartado.stock s
     set unserved = s.unserved or s.available > 0 or exists (
           select from apartado.reservations y where y.stock_id = s.stock_id and y.status = 'active' and y.yields),
         version = s.version + 1
   where s.stock_id = any (v_stock_ids);
  return null;
end;
$$;

comment on function apartado.tg_members__look_again() is 'Who is barred is skipped from now on, and who is not any more is not: queues with free units are looked at again.';

create or replace trigger _410_look_again
  after update of barred_at on apartado.members
  for each row
  when ((old.barred_at is null) <> (new.barred_at is null))
  execute function apartado.tg_members__look_again();

create or replace function apartado.tg_members__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, data, at)
  values ('member.changed', new.member_id,
          jsonb_strip_nulls(jsonb_build_object(
            'is_operator', new.is_operator, 'barred', new.barred_at is not null,
            'class', (select c.code from apartado.member_classes c where c.class_id = new.class_id),
            'profile', (select jsonb_agg(c.name order by c.place) -- what was changed; the ledger keeps no names of people
                          from (values (1, 'display_name', old.display_name is distinct from new.display_name),
                                       (2, 'avatar', old.avatar is distinct from new.avatar),
                                       (3, 'language', old.language <> new.language),
                                       (4, 'show_name', old.show_name <> new.show_name),
                                       (5, 'secret', old.secret_hash <> new.secret_hash)) c (place, name, changed)
                         where c.changed),
            'reason', nullif(current_setting('apartado.reason', true), ''))),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_members__record() is 'Tells member.changed.';

create or replace trigger _510_record_update
  after update of is_operator, barred_at, class_id, display_name, avatar, language, show_name, secret_hash on apartado.members
  for each row
  when ((old.is_operator, old.barred_at, old.class_id, old.display_name, old.avatar, old.language, old.show_name, old.secret_hash)
        is distinct from (new.is_operator, new.barred_at, new.class_id, new.display_name, new.avatar, new.language, new.show_name, new.secret_hash))
  execute function apartado.tg_members__record();
