-- _rules: what an item and its policy say about each of its stock rows.
--
-- Gives   the columns of stock that are carried there: open, price, currency, hold, active_limit, queue_limit, restock
create or replace function apartado._rules(
  p_item           bigint,
  out open         boolean,
  out price        numeric,
  out currency     text,
  out hold         interval,
  out active_limit integer,
  out queue_limit  integer,
  out restock      boolean
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select i.visible and i.for_sale, i.price, i.currency, p.hold, p.active_limit, p.queue_limit, i.restock
    into open, price, currency, hold, active_limit, queue_limit, restock
    from apartado.items i
    join apartado.policies p on p.policy_id = i.policy_id
   where i.item_id = p_item;
end;
$$;

comment on function apartado._rules(bigint) is 'What an item and its policy say about each of its stock rows.';
