-- Members: who becomes an operator, or is barred, is told to them and to operators.

create or replace function apartado.tg_members__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, data, at)
  values ('member.changed', new.member_id,
          jsonb_build_object('is_operator', new.is_operator, 'barred', new.barred_at is not null),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_members__record() is 'Tells member.changed.';

create or replace trigger _510_record_update
  after update of is_operator, barred_at on apartado.members
  for each row
  when ((old.is_operator, old.barred_at) is distinct from (new.is_operator, new.barred_at))
  execute function apartado.tg_members__record();
