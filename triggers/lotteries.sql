-- Lotteries: their seed stays the one whose hash was shown; they are closed once, drawn once, and that is told.

-- What was promised, closed and drawn stays as it is: anybody may work it out again.
create or replace trigger _300_refuse_change
  before update on apartado.lotteries
  for each row
  when ((old.drop_id, old.seed, old.seed_hash, coalesce(old.closed_at, new.closed_at), coalesce(old.drawn_at, new.drawn_at))
        is distinct from (new.drop_id, new.seed, new.seed_hash, new.closed_at, new.drawn_at))
  execute function apartado.tg_any__refuse_change('drop');

create or replace trigger _310_refuse_delete
  before delete or truncate on apartado.lotteries
  for each statement
  execute function apartado.tg_any__refuse_change('drop');

create or replace function apartado.tg_lotteries__record_draw()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._carry_rules(array(select i.item_id from apartado.items i where i.drop_id = new.drop_id));

  insert into apartado.events (kind, stock_id, drop_id, available, reserved, sold, queue_length, version, details, at)
  select 'drop.drawn', s.stock_id, new.drop_id, s.available, s.reserved, s.sold, s.queue_length, s.version,
         jsonb_build_object('lots', (select count(*) from apartado.lottery_lots l where l.drop_id = new.drop_id and l.stock_id = s.stock_id),
                            'seed', new.seed)
         || jsonb_strip_nulls(jsonb_build_object('reason', nullif(current_setting('apartado.reason', true), ''))), new.drawn_at
    from apartado.lottery_queues c
    -- an item that is in another drop by now is left out: its stock is not locked here
    join apartado.stock s on s.stock_id = c.stock_id and s.drop_id = c.drop_id
    join apartado.items i on i.item_id = s.item_id and i.visible
   where c.drop_id = new.drop_id
   order by s.stock_id;
  return null;
end;
$$;

comment on function apartado.tg_lotteries__record_draw() is 'Carries to the stock rows that nothing is left to be drawn, and tells drop.drawn for each visible one.';

create or replace trigger _500_record_draw
  after update of drawn_at on apartado.lotteries
  for each row
  when (old.drawn_at is null and new.drawn_at is not null)
  execute function apartado.tg_lotteries__record_draw();
