-- draw_lottery: close a lottery that has opened, or draw one that was closed before, without waiting for the job.
--
-- Gives   closed_at, and once it was drawn drawn_at, the seed with the hash that was shown before, and how many lots there are;
--         promoted: how many of those who waited were served by this call
-- Raises  RS106 no such drop · RS205 a reason that is blank or of more than 500 characters
--         RS307 it has not opened yet · RS312 it draws no lots
-- Locks   the gates of the rules, the stock rows of its items by id, the wishes of those who wait there
-- Tells   drop.drawn for each visible stock row, with the reason to operators, and what becomes of those who wait
-- Notes   the first call closes it, the second draws it, in transactions of their own (_draw_lotteries); the job comes between as
--         it likes. What was drawn stays drawn, and is given again. The same key gives what its call gave: whoever lost the
--         answer of the closing and asks again does not draw. The closing is no event: p_reason is told by the call that draws
create or replace function apartado.draw_lottery(
  p_actor           text,
  p_drop            bigint,
  p_reason          text default null,
  p_idempotency_key text default null,
  out drop_id       bigint,
  out closed_at     timestamptz,
  out drawn_at      timestamptz,
  out seed_hash     text,
  out seed          text,
  out lots          bigint,
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
  v_request jsonb := jsonb_build_array(p_drop, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'draw_lottery', v_request);
  v_lottery apartado.lotteries;
begin
  if v_answer is null then
    if p_reason is not null then
      perform apartado._check_reason(p_reason);
    end if;
    perform apartado._check_lottery(p_drop);
    promoted := (select f.promoted from apartado._draw_lotteries(array[p_drop], p_reason) f);

    server_time := apartado.clock();
    select l.* into v_lottery from apartado.lotteries l where l.drop_id = p_drop;
    if v_lottery.closed_at is null then
      -- the opening was moved while this waited for the lock
      perform apartado._refuse('RS307', 'drop', jsonb_build_object('drop', p_drop));
    end if;

    v_answer := jsonb_build_object(
      'drop_id', p_drop, 'closed_at', v_lottery.closed_at, 'drawn_at', v_lottery.drawn_at, 'seed_hash', v_lottery.seed_hash,
      'seed', case when v_lottery.drawn_at is not null then v_lottery.seed end,
      'lots', (select count(*) from apartado.lottery_lots l where l.drop_id = p_drop),
      'promoted', promoted, 'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'draw_lottery', v_request, v_answer);
  end if;

  select * into drop_id, closed_at, drawn_at, seed_hash, seed, lots, promoted, server_time
    from jsonb_to_record(v_answer) as (
      drop_id bigint, closed_at timestamptz, drawn_at timestamptz, seed_hash text, seed text, lots bigint, promoted integer,
      server_time timestamptz);
end;
$$;

comment on function apartado.draw_lottery(text, bigint, text, text) is 'Close a lottery that has opened, or draw one that was closed before, without waiting for the job. Example: select * from apartado.draw_lottery(null, 2)';

grant execute on function apartado.draw_lottery to apartado_api, apartado_operator;
