-- reserve_many: set units of several items aside for a member in one transaction, or take places in their queues.
--
-- Gives   a row per line, in order: outcome reserved, queued or refused, then with its code, and the fields of reserve
-- Raises  RS202, RS203, RS204, RS205 lines that cannot be read, whatever the mode · RS205 p_mode
--         with all_or_nothing whatever reserve refuses a line with, and RS301 where fewer are offered; detail says which line
-- Locks   the member's turn, the stock rows by id, the wishes of those who wait there
-- Tells   what reserve tells, of each line
-- Notes   p_lines: [{"item": 1, "quantity": 2, "location": "main", "ttl": 900}]; all but item may be left out; 100 at most.
--         p_mode: all_or_nothing (any refusal refuses all) · best_effort (what can be had, a code for the rest)
--         reserve_or_queue (who cannot have a line waits for it). Who holds a line already is refused it (RS302), in every mode:
--         nobody waits behind themself. Lines of one item at one location are one reservation of their sum, for the shortest
--         of their times, and all answer it.
create or replace function apartado.reserve_many(
  p_member          text,
  p_lines           jsonb,
  p_mode            text default 'all_or_nothing',
  p_idempotency_key text default null
)
  returns table (
    line           integer,
    item_id        bigint,
    location       text,
    outcome        text,
    code           text,
    reservation_id bigint,
    queue_entry_id bigint,
    "position"     bigint,
    quantity       integer,
    price          numeric,
    currency       text,
    expires_at     timestamptz,
    available      integer,
    reserved       integer,
    sold           integer,
    queue_length   integer,
    version        bigint,
    server_time    timestamptz
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._canonical_alias(p_member);
  v_request jsonb := jsonb_build_array(p_lines, p_mode);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'reserve_many', v_request);
  v_member  record;
  v_demand  jsonb;
  v_now     timestamptz;
begin
  if v_answer is null then
    perform apartado._check_mode(p_mode);
    v_demand := (select jsonb_agg(to_jsonb(d) order by d.line) from apartado._demand(p_lines) d);
    select t.member_id, t.class_id into v_member from apartado._take_turn(p_member) t;
    v_now := apartado._settle_demand(v_demand);
    v_demand := apartado._claim_all(v_demand, v_member.member_id, v_member.class_id, p_mode, v_now);
    v_answer := apartado._lines_answer(v_demand, v_member.member_id, v_now);

    perform apartado._remember(v_owner, p_idempotency_key, 'reserve_many', v_request, v_answer);
  end if;

  return query
    select a.*
      from jsonb_to_recordset(v_answer) as a (
             line integer, item_id bigint, location text, outcome text, code text, reservation_id bigint, queue_entry_id bigint,
             "position" bigint, quantity integer, price numeric, currency text, expires_at timestamptz, available integer,
             reserved integer, sold integer, queue_length integer, version bigint, server_time timestamptz)
     order by a.line;
end;
$$;

comment on function apartado.reserve_many(text, jsonb, text, text) is 'Set units of several items aside for a member in one transaction, or take places in their queues. Example: select * from apartado.reserve_many(''cai'', ''[{"item": 2}, {"item": 3, "quantity": 2}]'', ''best_effort'')';

grant execute on function apartado.reserve_many to apartado_api, apartado_operator;
