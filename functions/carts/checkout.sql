-- checkout: reserve what is in your cart, in one transaction.
--
-- Gives   a row per line of the cart, in order, as reserve_many answers them: outcome reserved, queued or refused, then with its code.
--         What was reserved or queued is no longer in the cart; a line stays where that was for fewer than it wants
-- Raises  RS104 no such location · RS105 no cart, or nothing in it · RS205 p_mode
--         with all_or_nothing whatever reserve refuses a line with, RS301 where fewer are offered, and RS401, RS402 for a line
--         that fell out of the cart since its owner looked (validate_cart takes note of it); detail says which line
-- Locks   the member's turn, the cart, the stock rows by id, the wishes of those who wait there
-- Tells   what reserve tells, of each line; cart.changed
-- Notes   p_mode as in reserve_many, whose machinery it is; a merged cart may have more lines than that takes.
--         A line that is set aside already answers with its reservation. Then pay (begin_payment holds it longer), and
--         place_order sells what was set aside, with an order and its text
create or replace function apartado.checkout(
  p_member          text,
  p_location        text default null,
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
  v_request jsonb := jsonb_build_array(p_location, p_mode);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'checkout', v_request);
  v_own     record;
  v_demand  jsonb;
  v_now     timestamptz;
  v_done    jsonb;
begin
  if v_answer is null then
    perform apartado._check_mode(p_mode);
    select * into v_own from apartado._own_cart(p_member, null, p_location);
    v_demand := apartado._cart_demand(v_own.cart);
    if v_demand = '[]' then
      perform apartado._refuse_empty_cart((v_own.cart).cart_id, 'location');
    end if;
    v_now := apartado._settle_demand(v_demand);
    v_done := apartado._claim_cart(v_own.cart, v_own.class_id, p_mode, v_now);
    v_answer := apartado._lines_answer(v_done, (v_own.cart).member_id, v_now);

    delete from apartado.cart_lines l
     using jsonb_to_recordset(v_done) as d (stock_id bigint, code text)
     where l.cart_id = (v_own.cart).cart_id
       and l.stock_id = d.stock_id
       and d.code is null
       and (apartado._own_claim(l.stock_id, (v_own.cart).member_id)).quantity >= l.quantity;
    -- keep what earlier checkouts set aside and is still held: it is not in the cart any more, and was not ordered
    update apartado.carts c
       set checked_out = (
             select array_agg(h.reservation_id order by h.number)
               from (select a.reservation_id, min(a.number) as number
                       from (select u.reservation_id, u.number
                               from unnest(c.checked_out) with ordinality u (reservation_id, number)
                              cross join lateral (select x.* from apartado.reservations x where x.reservation_id = u.reservation_id offset 0) r
                              where r.member_id = c.member_id and r.status = 'active' and r.expires_at > v_now
                              union all
                             select d.reservation_id, coalesce(cardinality(c.checked_out), 0) + d.line
                               from jsonb_to_recordset(v_answer) as d (line integer, reservation_id bigint)
                              where d.reservation_id is not null) a
                      group by a.reservation_id) h)
     where c.cart_id = (v_own.cart).cart_id;
    perform apartado._remember(v_owner, p_idempotency_key, 'checkout', v_request, v_answer);
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

comment on function apartado.checkout(text, text, text, text) is 'Reserve what is in your cart, in one transaction. Example: select * from apartado.checkout(''ana'', p_mode => ''best_effort'')';

grant execute on function apartado.checkout to apartado_api, apartado_operator;
