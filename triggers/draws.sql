-- Draws: they stay as they are, and are told.

create or replace function apartado.tg_draws__refuse_change()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse('RS312', 'drop', jsonb_build_object('table', tg_table_name, 'operation', tg_op));
  return null;
end;
$$;

comment on function apartado.tg_draws__refuse_change() is 'What was drawn, from which seed, stays as it is: anybody may work it out again.';

create or replace trigger _300_refuse_change
  before update or delete or truncate on apartado.draws
  for each statement
  execute function apartado.tg_draws__refuse_change();

create or replace function apartado.tg_draws__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, stock_id, drop_id, available, reserved, sold, queue_length, version, details, at)
  select 'drop.drawn', s.stock_id, new.drop_id, s.available, s.reserved, s.sold, s.queue_length, s.version,
         jsonb_build_object('entries', new.entries, 'seed', l.seed), new.drawn_at
    from apartado.stock s
    join apartado.lotteries l on l.drop_id = new.drop_id
   where s.stock_id = new.stock_id;
  return null;
end;
$$;

comment on function apartado.tg_draws__record() is 'Tells drop.drawn.';

create or replace trigger _500_record
  after insert on apartado.draws
  for each row
  execute function apartado.tg_draws__record();
