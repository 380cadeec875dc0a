-- cancel_wave: give up a wave that is planned: its units do not come.
--
-- Gives   the wave as it was planned, and how many of those who waited were promoted
-- Raises  RS106 no such wave · RS205 a reason that is blank or of more than 500 characters · RS312 it has come, or was cancelled
-- Locks   stock row, the wishes of those who wait there
-- Tells   drop.changed with cancelled, with the reason to operators; queue.closed to those for whom too few are left, when no more
--         will come, and what becomes of those behind them
-- Notes   an item with a wave that is planned leaves its drop for no other. A wave is not changed: another one is planned
create or replace function apartado.cancel_wave(
  p_actor           text,
  p_wave            bigint,
  p_reason          text default null,
  p_idempotency_key text default null,
  out wave_id       bigint,
  out drop_id       bigint,
  out item_id       bigint,
  out location      text,
  out quantity      integer,
  out due_at        timestamptz,
  out promoted      integer,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_wave, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'cancel_wave', v_request);
  v_wave    record;
  v_stock   apartado.stock;
begin
  if v_answer is null then
    select w.drop_id, w.quantity, w.due_at, s.item_id, l.code
      into v_wave
      from apartado.waves w
     cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = w.stock_id offset 0) s
      join apartado.locations l on l.location_id = s.location_id
     where w.wave_id = p_wave;
    if not found then
      perform apartado._refuse('RS106/wave', 'wave', jsonb_build_object('wave', p_wave));
    end if;

    v_stock := apartado._lock_stock(v_wave.item_id, v_wave.code, true);
    server_time := apartado.clock();
    v_stock := (select f.stock from apartado._settle(v_stock, server_time) f);
    perform apartado._say_why(p_reason);
    update apartado.waves w
       set released_at = 'infinity'
     where w.wave_id = p_wave
       and w.released_at is null;
    if not found then
      perform apartado._refuse('RS312/wave_over', 'wave', jsonb_build_object('wave', p_wave, 'due_at', apartado._utc(v_wave.due_at)));
    end if;
    perform apartado._say_why(null);
    v_stock := apartado._close_hopeless_entries(v_stock, server_time);
    promoted := (select f.promoted from apartado._settle(v_stock, server_time) f);

    v_answer := jsonb_build_object(
      'wave_id', p_wave, 'drop_id', v_wave.drop_id, 'item_id', v_wave.item_id, 'location', v_wave.code, 'quantity', v_wave.quantity,
      'due_at', v_wave.due_at, 'promoted', promoted, 'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'cancel_wave', v_request, v_answer);
  end if;

  select * into wave_id, drop_id, item_id, location, quantity, due_at, promoted, server_time
    from jsonb_to_record(v_answer) as (
      wave_id bigint, drop_id bigint, item_id bigint, location text, quantity integer, due_at timestamptz, promoted integer,
      server_time timestamptz);
end;
$$;

comment on function apartado.cancel_wave(text, bigint, text, text) is 'Give up a wave that is planned: its units do not come. Example: select * from apartado.cancel_wave(null, 1, ''the lorry broke down'')';

grant execute on function apartado.cancel_wave to apartado_api, apartado_operator;
