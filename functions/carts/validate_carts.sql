-- validate_carts: tell the owners of carts what became otherwise in them, once for each change.
--
-- Gives   looked: at how many lines; told: of how many; remaining: how many entries are still on the list of what to look at
-- Raises  RS204 p_limit outside 1 .. 100000 · RS601, RS602 called by a person who is no operator
-- Locks   the row of cart_watch, and lines with news, by cart: neither waits. Whoever comes while another looks finds nothing to do,
--         and a line that is busy is looked at again by the next run
-- Tells   cart.changed, through triggers/cart_lines.sql, to the member whose cart it is, and to operators
-- Notes   takes no note for anybody: notices stay until validate_cart. It looks only where something happened since the last run,
--         and at what was put in or looked at since: what was committed at the same time may have been seen by neither.
--         Told is how a line stands when it is looked at: what changed and changed back between two runs is no news
create or replace function apartado.validate_carts(
  p_limit       integer default 1000,
  out looked    bigint,
  out told      bigint,
  out remaining bigint
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_events     constant integer := 20000;
  v_carts      bigint[];
  v_stocks     bigint[];
  v_used_since timestamptz;
  v_now        timestamptz;
begin
  perform apartado._require_operator_or_role();
  perform apartado._check_limit(p_limit, 100000);
  looked := 0;
  told := 0;
  remaining := 0;
  perform from apartado.cart_watch w for no key update skip locked;
  if not found then
    return;
  end if;

  perform apartado._note_looks(c_events);
  select array_agg(t.cart_id), array_agg(t.stock_id) into v_carts, v_stocks from apartado._take_looks(p_limit) t;
  looked := coalesce(cardinality(v_carts), 0);
  v_now := apartado.clock();
  v_used_since := (select v_now - s.retention from apartado.settings s);

  with news as materialized (
    select n.* from apartado._cart_news(v_carts, v_stocks, v_used_since, v_now) n
  ), free as materialized (
    select l.cart_id, l.stock_id
      from apartado.cart_lines l
     where (l.cart_id, l.stock_id) in (select n.cart_id, n.stock_id from news n)
     order by l.cart_id, l.stock_id
       for no key update skip locked
  ), busy as (
    insert into apartado.cart_looks (stock_id, cart_id)
    select n.stock_id, n.cart_id
      from news n
     where not exists (select from free f where f.cart_id = n.cart_id and f.stock_id = n.stock_id)
  ), written as (
    update apartado.cart_lines l
       set told_state = n.state, told_price = n.price, times_told = l.times_told + 1
      from news n
      join free f on f.cart_id = n.cart_id and f.stock_id = n.stock_id
     where l.cart_id = n.cart_id
       and l.stock_id = n.stock_id
       -- unless its owner was shown it or had it set aside meanwhile; then it is on the list again
       and l.reservation_id is null
       and (l.quantity, l.told_state, l.told_price) is not distinct from (n.quantity, n.old_state, n.old_price)
    returning l.cart_id
  )
  select count(*) into told from written;
  remaining := (select count(*) from apartado.cart_looks k);
end;
$$;

comment on function apartado.validate_carts(integer) is 'Tell the owners of carts what became otherwise in them, once for each change. A job calls it. Example: select * from apartado.validate_carts()';

grant execute on function apartado.validate_carts to apartado_operator, apartado_jobs;
