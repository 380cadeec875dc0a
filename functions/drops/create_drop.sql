-- create_drop: announce a drop: items that can be had from one time until another.
--
-- Gives   the drop with its phase by the clock of the database, and its items; seed_hash, if it draws lots
-- Raises  RS101 no such item · RS204 a time out of range, it closes before it opens, a lottery that has opened already,
--         or more than 10,000 items · RS205 no title, no opening, no list of items, no such policy, p_lottery null, or a reason
--         that is blank or of more than 500 characters, or policies govern one of them that cannot hold together
--         RS312 an item is in another drop that has not ended
-- Locks   the gates of the rules, the stock rows of the items by id, the wishes of those who wait there
-- Tells   item.changed for each item, with the reason to operators
-- Notes   nothing has to run for it to open or close. Before it opens people may line up (join_queue), and they are served
--         when it does. p_closes_at null or infinity: it never closes, and is null in the answer. p_policy governs its
--         items before their own. p_lottery: who lines up is served in an order drawn by lot after the
--         opening, not in that in which they came (draw_lotteries, verify_lottery); that cannot be changed later.
create or replace function apartado.create_drop(
  p_actor           text,
  p_title           text,
  p_items           bigint[],
  p_opens_at        timestamptz,
  p_closes_at       timestamptz default null,
  p_policy          text default null,
  p_lottery         boolean default false,
  p_idempotency_key text default null,
  p_reason          text default null,
  out drop_id       bigint,
  out title         text,
  out phase         text,
  out opens_at      timestamptz,
  out closes_at     timestamptz,
  out items         bigint[],
  out seed_hash     text,
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
  v_request jsonb := jsonb_build_array(
    p_title, p_items, p_opens_at at time zone 'UTC', p_closes_at at time zone 'UTC', p_policy, p_lottery, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'create_drop', v_request);
begin
  if v_answer is not null then
    select * into drop_id, title, phase, opens_at, closes_at, items, seed_hash, server_time
      from jsonb_to_record(v_answer) as (
        drop_id bigint, title text, phase text, opens_at timestamptz, closes_at timestamptz, items bigint[],
        seed_hash text, server_time timestamptz);
    return;
  end if;
  title := p_title;
  opens_at := p_opens_at;
  closes_at := coalesce(p_closes_at, 'infinity');
  items := apartado._check_items_of_drop(p_items);
  perform apartado._check_drop(title, opens_at, closes_at);
  if p_lottery is null then
    perform apartado._refuse('RS205', 'lottery');
  end if;

  perform apartado._close_gates();
  perform apartado._lock_items(items);
  server_time := apartado.clock();
  if p_lottery and opens_at <= server_time then
    -- too late for a lottery: nobody could have lined up while the hash of its seed was known
    perform apartado._refuse('RS204', 'opens_at', jsonb_build_object('first', apartado._utc(server_time)));
  end if;
  perform apartado._settle_items(items, server_time);
  insert into apartado.drops as d (title, opens_at, closes_at, policy_id, created_at)
  values (title, opens_at, closes_at, apartado._policy_of_drop(p_policy), server_time)
  returning d.drop_id into drop_id;
  if p_lottery then
    insert into apartado.lotteries as l (drop_id, seed, seed_hash)
    select drop_id, s.seed, encode(apartado._hash(s.seed), 'hex')
      from (select apartado._secret() as seed offset 0) s
    returning l.seed_hash into seed_hash;
  end if;
  perform apartado._say_why(p_reason);
  perform apartado._place_items(drop_id, items, server_time);
  perform apartado._say_why(null);
  perform apartado._settle_items(items, server_time);
  phase := apartado._phase(opens_at, closes_at, server_time);
  closes_at := nullif(closes_at, 'infinity');

  perform apartado._remember(v_owner, p_idempotency_key, 'create_drop', v_request, jsonb_build_object(
    'drop_id', drop_id, 'title', title, 'phase', phase, 'opens_at', opens_at, 'closes_at', closes_at, 'items', items,
    'seed_hash', seed_hash, 'server_time', server_time));
end;
$$;

comment on function apartado.create_drop(text, text, bigint[], timestamptz, timestamptz, text, boolean, text, text) is 'Announce a drop: items that can be had from one time until another. Example: select * from apartado.create_drop(null, ''Friday'', array[1, 2], ''2030-01-04 18:00Z'')';

grant execute on function apartado.create_drop to apartado_api, apartado_operator;
